-- Born from hours awarded: one need, one pledge, one company.
create table missions (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  award_hours_id uuid not null,
  -- Whence the hours come: the eligibility is the application's, what is not worked returns to the pledge.
  application_id uuid not null,
  pledge_id uuid not null,
  association_id uuid not null references organisations,
  company_id uuid not null references organisations,
  family text not null references skill_families,
  title text not null,
  agreed_minutes bigint not null check (agreed_minutes > 0),
  modality text not null check (modality in ('on_site', 'remote', 'hybrid')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  published_by uuid references people,
  published_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, award_hours_id),
  foreign key (territory_id, campaign_id) references campaigns,
  foreign key (territory_id, award_hours_id) references award_hours,
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('missions');
call write_once('missions');

-- A mission that ends before its last hour: what was not worked returns to the pledge.
create table mission_endings (
  territory_id uuid not null,
  mission_id uuid not null,
  reason text not null,
  returned_minutes bigint not null check (returned_minutes >= 0),
  ended_by uuid references people,
  ended_at timestamptz not null,
  primary key (territory_id, mission_id),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('mission_endings');
call write_once('mission_endings');

create table candidacies (
  territory_id uuid not null,
  mission_id uuid not null,
  employee_id uuid not null references people,
  qualification text not null,
  applied_at timestamptz not null,
  -- The association's yes, then the company's (the line manager's approval of the absence).
  accepted_by uuid references people,
  accepted_at timestamptz,
  approved_by uuid references people,
  approved_at timestamptz,
  withdrawn_at timestamptz,
  primary key (territory_id, mission_id, employee_id),
  foreign key (territory_id, mission_id) references missions,
  check ((accepted_at is null) = (accepted_by is null)),
  check ((approved_at is null) = (approved_by is null)),
  check (approved_at is null or accepted_at is not null),
  -- Nobody approves their own absence.
  check (approved_by <> employee_id)
);
-- One chosen person a mission.
create unique index one_chosen on candidacies (territory_id, mission_id)
  where accepted_at is not null and withdrawn_at is null;
call keep_in_territory('candidacies');

-- The agreement of three: company, association, and the employee's express consent (R.8241-2).
-- Prepared anew, it replaces the one that had not taken effect; the older paper stays in the register.
create table mission_agreements (
  territory_id uuid not null,
  mission_id uuid not null,
  employee_id uuid not null references people,
  document_id uuid not null,
  route text not null check (route in ('service', 'secondment')),
  starts_on date not null,
  -- Three years at most (L.8241-3): the last day is counted in rules.ts, with the law of the day.
  ends_on date not null check (ends_on >= starts_on),
  qualification text not null,
  prepared_at timestamptz not null,
  -- Set when the third party has signed: from then on hours may be entered.
  effective_at timestamptz,
  primary key (territory_id, mission_id),
  foreign key (territory_id, mission_id, employee_id) references candidacies,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('mission_agreements');

create table timesheet_entries (
  territory_id uuid not null,
  id uuid not null,
  mission_id uuid not null,
  employee_id uuid not null references people,
  day date not null,
  -- Quarter hours; 10 h a day at most (C. trav. L.3121-18).
  worked_minutes bigint not null check (worked_minutes between 15 and 600 and worked_minutes % 15 = 0),
  -- Some of it between 21 h and 6 h (L.3122-2): shown to the company, never refused.
  is_at_night boolean not null default false,
  note text not null default '',
  entered_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, mission_id) references mission_agreements
);
create index on timesheet_entries (territory_id, employee_id, day);
create index on timesheet_entries (territory_id, mission_id, day);
call keep_in_territory('timesheet_entries');
call write_once('timesheet_entries');

-- The association's word on an entry: confirmed, or disputed with a reason. Silence is neither.
create table timesheet_confirmations (
  territory_id uuid not null,
  entry_id uuid not null,
  outcome text not null check (outcome in ('confirmed', 'disputed')),
  reason text not null default '',
  confirmed_by_name text not null,
  person_id uuid references people,
  link_id uuid,
  confirmed_at timestamptz not null,
  primary key (territory_id, entry_id),
  -- Only what is confirmed can be approved.
  unique (territory_id, entry_id, outcome),
  check (outcome = 'confirmed' or reason <> ''),
  -- Somebody said it: one who signed in, or the holder of a link.
  check (num_nonnulls(person_id, link_id) = 1),
  foreign key (territory_id, entry_id) references timesheet_entries
);
call keep_in_territory('timesheet_confirmations');
call write_once('timesheet_confirmations');

-- The company's approval: the entry is locked and its minutes are posted in the ledger.
create table timesheet_approvals (
  territory_id uuid not null,
  entry_id uuid not null,
  approved_by uuid references people,
  approved_at timestamptz not null,
  ledger_entry_id uuid not null,
  outcome text not null default 'confirmed' check (outcome = 'confirmed'),
  primary key (territory_id, entry_id),
  foreign key (territory_id, entry_id, outcome)
    references timesheet_confirmations (territory_id, entry_id, outcome),
  foreign key (territory_id, ledger_entry_id) references ledger_entries
);
call keep_in_territory('timesheet_approvals');
call write_once('timesheet_approvals');

-- The link sent to the association's volunteer: no account needed. Only a digest of the secret is kept.
create table confirmation_links (
  territory_id uuid not null,
  id uuid not null,
  mission_id uuid not null,
  secret_sha256 text not null,
  recipient text not null,
  recipient_name text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, secret_sha256),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('confirmation_links');
call write_once('confirmation_links');
alter table timesheet_confirmations
  add foreign key (territory_id, link_id) references confirmation_links;
