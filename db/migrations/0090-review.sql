create table completeness_checks (
  territory_id uuid not null,
  application_id uuid not null,
  rank smallint not null,
  -- Empty: complete. Otherwise what is missing, in words the association reads.
  missing text not null default '',
  checked_by uuid references people,
  checked_at timestamptz not null,
  primary key (territory_id, application_id, rank),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('completeness_checks');
call write_once('completeness_checks');

-- The association's answer to the check of that rank: pieces were added, in its own words.
create table completeness_answers (
  territory_id uuid not null,
  application_id uuid not null,
  rank smallint not null,
  note text not null default '',
  answered_by uuid references people,
  answered_at timestamptz not null,
  primary key (territory_id, application_id, rank),
  foreign key (territory_id, application_id, rank) references completeness_checks
);
call keep_in_territory('completeness_answers');
call write_once('completeness_answers');

-- Two eligibilities, always apart: cash, hours (DOMAIN 3.3, CGI art. 238 bis).
create table eligibility_checks (
  territory_id uuid not null,
  application_id uuid not null,
  subject text not null check (subject in ('cash', 'hours')),
  rank smallint not null,
  outcome text not null check (outcome in ('presumed', 'ruled', 'declared', 'to_review', 'eligible', 'ineligible')),
  basis text not null,
  evidence text not null default '',
  -- Answers to E1–E7 (DOMAIN 3.1) when the association declares itself.
  answers jsonb not null default '{}',
  checked_by uuid references people,
  checked_at timestamptz not null,
  expires_on date,
  primary key (territory_id, application_id, subject, rank),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('eligibility_checks');
call write_once('eligibility_checks');

create table scores (
  territory_id uuid not null,
  application_id uuid not null,
  criterion_id uuid not null,
  reviewer_id uuid not null references people,
  mark smallint not null check (mark between 0 and 4),
  marked_at timestamptz not null,
  primary key (territory_id, application_id, criterion_id, reviewer_id),
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, criterion_id) references criteria
);
call keep_in_territory('scores');

-- What a reviewer says of the whole file, beside the marks.
create table opinions (
  territory_id uuid not null,
  application_id uuid not null,
  reviewer_id uuid not null references people,
  comment text not null,
  given_at timestamptz not null,
  primary key (territory_id, application_id, reviewer_id),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('opinions');

-- What an elected member declares: the seed of recusals (CGCT L.2131-11).
create table declared_interests (
  territory_id uuid not null references territories,
  id uuid not null,
  person_id uuid not null references people,
  association_id uuid not null references organisations,
  nature text not null,
  declared_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, person_id, association_id)
);
call keep_in_territory('declared_interests');
call write_once('declared_interests');
