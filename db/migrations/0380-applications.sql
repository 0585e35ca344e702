-- The key that seals a commune's files, itself sealed by the master key of the installation, which is
-- kept elsewhere. An older version goes once nothing is sealed by it any more.
create table data_keys (
  territory_id uuid not null references territories,
  version smallint not null check (version > 0),
  wrapped bytea not null,
  -- Which master key opens it: a digest, which tells nothing of the key.
  wrapped_by text not null,
  made_at timestamptz not null,
  primary key (territory_id, version)
);
call keep_in_territory('data_keys');
-- A page uses keys; only the operator's commands and jobs end one.
revoke update, delete on data_keys from metis_app;

alter table application_pieces
  -- Empty: the bytes are from before the vault, as they came; the next job seals them.
  add column key_version smallint,
  add column replaces uuid,
  -- What whoever opens it should know: it asks for a password, or its end is missing.
  add column remark text check (remark in ('password', 'cut')),
  add foreign key (territory_id, key_version) references data_keys,
  add foreign key (territory_id, replaces) references application_pieces (territory_id, id),
  -- A version is replaced by one other: earlier ones make a line, never a tree.
  add constraint one_line_of_versions unique (territory_id, replaces);
revoke update on application_pieces from metis_app;

-- What the antivirus said of a piece; without a row, it has not been asked yet.
create table piece_scans (
  territory_id uuid not null,
  piece_id uuid not null,
  outcome text not null check (outcome in ('clean', 'infected')),
  virus text not null default '' check ((virus <> '') = (outcome = 'infected')),
  scanned_at timestamptz not null,
  primary key (territory_id, piece_id),
  foreign key (territory_id, piece_id) references application_pieces on delete cascade
);
call keep_in_territory('piece_scans');
revoke update, delete on piece_scans from metis_app;

-- Where a grant would be paid; the newest row of a file stands.
create table bank_accounts (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  holder text not null check (holder <> ''),
  sealed_iban bytea not null,
  key_version smallint not null,
  -- Enough to recognise it, not to use it: FR76 •••• 1234.
  masked_iban text not null,
  given_by uuid not null references people,
  given_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, key_version) references data_keys
);
create index on bank_accounts (territory_id, application_id);
call keep_in_territory('bank_accounts');
revoke update, delete on bank_accounts from metis_app;
