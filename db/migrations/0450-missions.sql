-- What an employee says of themself so that missions come in a useful order: theirs alone, changed and
-- erased at will, shown to no employer.
create table employee_wishes (
  territory_id uuid not null,
  person_id uuid not null references people,
  families text[] not null,
  -- ROME 4.0
  occupation text check (occupation ~ '^[A-Z][0-9]{4}$'),
  causes text[] not null,
  rhythm text check (rhythm in ('flash', 'days', 'regular')),
  is_remote_only boolean not null,
  post_code text check (post_code ~ '^[0-9]{5}$'),
  -- Rounded to about a kilometre before it comes here.
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  reach_km integer check (reach_km between 1 and 500),
  available_from date,
  available_until date check (available_until >= available_from),
  said_at timestamptz not null,
  primary key (territory_id, person_id),
  check ((latitude is null) = (longitude is null))
);
call keep_in_territory('employee_wishes');

-- What the association adds to its need, so that the right person recognises it.
create table mission_details (
  territory_id uuid not null,
  mission_id uuid not null,
  occupation text check (occupation ~ '^[A-Z][0-9]{4}$'),
  cause text,
  -- As the association wants it read in public: its address may be somebody's home.
  place text not null,
  post_code text check (post_code ~ '^[0-9]{5}$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  said_by uuid not null references people,
  said_at timestamptz not null,
  primary key (territory_id, mission_id),
  foreign key (territory_id, mission_id) references missions,
  check ((latitude is null) = (longitude is null))
);
call keep_in_territory('mission_details');

-- The order in which the association would call the others; without one, that of the published rules.
alter table candidacies add column rank integer check (rank > 0);
-- « Pas cette fois »: without a reason, known to the two alone.
alter table candidacies add column declined_by uuid references people;
alter table candidacies add column declined_at timestamptz;
alter table candidacies add check ((declined_at is null) = (declined_by is null));
alter table candidacies add check (declined_at is null or accepted_at is null);

-- Who was reminded that somebody waits: at the end of the 48 h, then once more.
create table answer_reminders (
  territory_id uuid not null,
  mission_id uuid not null,
  awaited text not null check (awaited in ('candidacy', 'absence')),
  since timestamptz not null,
  step integer not null check (step in (1, 2)),
  sent_at timestamptz not null,
  primary key (territory_id, mission_id, awaited, since, step),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('answer_reminders');
call write_once('answer_reminders');

-- The manager's link to grant an absence without an account at hand. Only a digest of the secret is kept.
create table absence_links (
  territory_id uuid not null,
  id uuid not null,
  mission_id uuid not null,
  employee_id uuid not null references people,
  manager_id uuid not null references people,
  secret_sha256 text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, secret_sha256),
  foreign key (territory_id, mission_id, employee_id) references candidacies,
  check (manager_id <> employee_id)
);
call keep_in_territory('absence_links');
call write_once('absence_links');

-- A private calendar address; only a digest of its secret is kept. One lives at a time for a person.
create table calendar_feeds (
  territory_id uuid not null,
  id uuid not null,
  person_id uuid not null references people,
  secret_sha256 text not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  primary key (territory_id, id),
  unique (territory_id, secret_sha256)
);
create unique index one_living_feed on calendar_feeds (territory_id, person_id)
  where revoked_at is null;
call keep_in_territory('calendar_feeds');
revoke delete on calendar_feeds from metis_app;
