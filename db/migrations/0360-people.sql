-- Roles that were missing: who gives roles in a commune, who pays there, who only reads for an association.
alter table memberships drop constraint memberships_role_check;
alter table memberships add constraint memberships_role_check check (role in (
  'municipality.admin', 'municipality.agent', 'municipality.elected', 'municipality.finance',
  'company.csr', 'company.manager', 'company.employee',
  'association.representative', 'association.member', 'association.reader', 'operator.staff'));

-- A role is held, left, perhaps held again: each time is a row, which ends and is never erased.
alter table memberships drop constraint memberships_pkey;
alter table memberships add primary key (person_id, organisation_id, role, since);
create unique index memberships_open on memberships (person_id, organisation_id, role) where ended_at is null;
alter table memberships
  -- Nobody when it was given at the terminal.
  add column given_by uuid references people,
  add column ended_by uuid references people,
  -- A mandate: the person acts in the name of an organisation that is not theirs, for a time.
  add column mandate_from date,
  add column mandate_until date,
  add constraint mandate_has_two_ends check ((mandate_from is null) = (mandate_until is null)),
  add constraint mandate_ends_after_it_starts check (mandate_from <= mandate_until);

-- Global: accepted before any commune is entered. Three tables of facts, so that nothing is changed.
create table invitations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  role text not null,
  -- successor: ends the inviter's role; reopening: ends those of all who held it; mandate: for a time.
  kind text not null check (kind in ('colleague', 'successor', 'reopening', 'mandate')),
  mandate_from date,
  mandate_until date,
  -- What shows that the door must be opened again to someone else.
  evidence text not null default '' check (length(evidence) <= 2000),
  invited_by uuid references people,
  invited_at timestamptz not null,
  check ((kind = 'mandate') = (mandate_from is not null and mandate_until is not null)),
  check (mandate_from <= mandate_until),
  check (kind <> 'reopening' or evidence <> '')
);
create index on invitations (organisation_id, invited_at);
-- Only the newest letter opens; the database keeps the digest of its secret alone.
create table invitation_letters (
  invitation_id uuid not null references invitations,
  rank integer not null check (rank > 0),
  secret_sha256 text not null unique check (secret_sha256 ~ '^[0-9a-f]{64}$'),
  sent_by uuid references people,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (invitation_id, rank)
);
-- One outcome each: two clicks, two browsers, one seat.
create table invitation_outcomes (
  invitation_id uuid primary key references invitations,
  outcome text not null check (outcome in ('accepted', 'withdrawn')),
  person_id uuid references people,
  at timestamptz not null
);
call write_once('invitations');
call write_once('invitation_letters');
call write_once('invitation_outcomes');
-- Like people and memberships, written by the doors alone; a page has no business reading addresses here.
revoke all on invitations, invitation_letters, invitation_outcomes from metis_app;

-- Each night, where the chains of a commune stood: a chain rewritten afterwards no longer passes there.
create table journal_digests (
  territory_id uuid not null references territories,
  day date not null,
  journal_seq bigint not null check (journal_seq >= 0),
  journal_hash text not null check (journal_hash ~ '^[0-9a-f]{64}$'),
  ledger_seq bigint not null check (ledger_seq >= 0),
  ledger_hash text not null check (ledger_hash ~ '^[0-9a-f]{64}$'),
  sealed_at timestamptz not null,
  previous_digest text not null check (previous_digest ~ '^[0-9a-f]{64}$'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (territory_id, day),
  unique (territory_id, previous_digest)
);
call keep_in_territory('journal_digests');
call write_once('journal_digests');

-- Who looked at a file, and whether this hour's look is noted already.
create index journal_of_subject on journal (territory_id, subject_id, action, at) where subject_id is not null;
