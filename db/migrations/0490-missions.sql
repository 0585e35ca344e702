-- What went wrong on a mission, in facts and without anything medical. Between the two organisations and
-- the person who helps; whoever is not of them learns at most that it exists.
create table incidents (
  territory_id uuid not null,
  id uuid not null,
  mission_id uuid not null,
  kind text not null check (kind in ('accident', 'danger', 'damage', 'conduct', 'absence', 'other')),
  happened_at timestamptz not null,
  words text not null check (length(words) between 1 and 500),
  side text not null check (side in ('employee', 'association', 'company')),
  reported_by uuid not null references people,
  reported_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, mission_id) references missions,
  check (happened_at <= reported_at)
);
create index incidents_of_a_mission on incidents (territory_id, mission_id);
call keep_in_territory('incidents');
call write_once('incidents');

-- What was done about it, each once: the employer knows, the accident is declared, the matter is closed.
create table incident_steps (
  territory_id uuid not null,
  incident_id uuid not null,
  step text not null check (step in ('employer_told', 'declared', 'closed')),
  done_at timestamptz not null,
  words text not null check (length(words) <= 500),
  said_by uuid not null references people,
  said_at timestamptz not null,
  primary key (territory_id, incident_id, step),
  foreign key (territory_id, incident_id) references incidents,
  check (done_at <= said_at)
);
call keep_in_territory('incident_steps');
call write_once('incident_steps');

-- Before a delay of the law ends, then once it has ended: each leaves once, even when two workers run.
create table incident_reminders (
  territory_id uuid not null,
  incident_id uuid not null,
  step text not null check (step in ('employer_told', 'declared')),
  is_late boolean not null,
  sent_at timestamptz not null,
  primary key (territory_id, incident_id, step, is_late),
  foreign key (territory_id, incident_id) references incidents
);
call keep_in_territory('incident_reminders');
call write_once('incident_reminders');

-- Three questions once a mission is over, to the one who helped and to the association; the employer of
-- the one who helped reads neither.
create table mission_reviews (
  territory_id uuid not null,
  mission_id uuid not null,
  side text not null check (side in ('employee', 'association')),
  goal text not null check (goal in ('yes', 'partly', 'no')),
  would_again boolean not null,
  words text not null check (length(words) <= 200),
  said_by uuid not null references people,
  said_at timestamptz not null,
  primary key (territory_id, mission_id, side),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('mission_reviews');
call write_once('mission_reviews');

-- Both sides are asked once, never twice.
create table review_requests (
  territory_id uuid not null,
  mission_id uuid not null,
  asked_at timestamptz not null,
  primary key (territory_id, mission_id),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('review_requests');
call write_once('review_requests');
