-- What a company adds to its promise, once, beside the hours of each skill.
create table pledge_conditions (
  territory_id uuid not null,
  pledge_id uuid not null,
  sites text not null,
  -- How many people the hours may be shared between.
  employees_max integer check (employees_max > 0),
  preferred_causes text[] not null,
  excluded_causes text[] not null,
  -- Its policy (DOMAIN 1.2): what one person may give in a year, from when, and at the end of a career.
  half_days_each integer check (half_days_each > 0 and half_days_each <= 436),
  seniority_months integer check (seniority_months >= 0),
  end_of_career_weekly_minutes bigint check (end_of_career_weekly_minutes > 0 and end_of_career_weekly_minutes <= 2880),
  primary key (territory_id, pledge_id),
  foreign key (territory_id, pledge_id) references pledges,
  check (not preferred_causes && excluded_causes)
);
call keep_in_territory('pledge_conditions');
call write_once('pledge_conditions');

-- The period of a promise is over: what nobody was given goes back, what was given stays.
create table pledge_expiries (
  territory_id uuid not null,
  pledge_id uuid not null,
  returned_minutes bigint not null check (returned_minutes >= 0),
  expired_at timestamptz not null,
  primary key (territory_id, pledge_id),
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('pledge_expiries');
call write_once('pledge_expiries');
