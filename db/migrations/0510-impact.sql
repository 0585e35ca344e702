-- From which of its sites a company gave the hours of a mission, when its promise names several.
create table mission_sites (
  territory_id uuid not null,
  mission_id uuid not null,
  site text not null,
  said_by uuid not null references people,
  said_at timestamptz not null,
  primary key (territory_id, mission_id),
  foreign key (territory_id, mission_id) references missions
);
call keep_in_territory('mission_sites');
