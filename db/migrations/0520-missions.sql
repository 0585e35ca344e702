-- Missions of one company that several associations share: one offer, one person, one absence, chosen by
-- the association that leads. Each keeps its hours, its agreement and its receipts.
create table mission_shares (
  territory_id uuid not null,
  lead_mission_id uuid not null,
  mission_id uuid not null,
  asked_by uuid not null references people,
  asked_at timestamptz not null,
  joined_by uuid references people,
  joined_at timestamptz,
  ended_by uuid references people,
  ended_at timestamptz,
  primary key (territory_id, lead_mission_id, mission_id),
  foreign key (territory_id, lead_mission_id) references missions,
  foreign key (territory_id, mission_id) references missions,
  check (lead_mission_id <> mission_id),
  check ((joined_at is null) = (joined_by is null)),
  check ((ended_at is null) = (ended_by is null))
);
-- Asked by two, a mission answers one after the other.
create unique index one_share on mission_shares (territory_id, mission_id) where ended_at is null;
call keep_in_territory('mission_shares');

-- The person of an agreement offered their help on the mission that leads, when it is shared.
alter table mission_agreements add column lead_mission_id uuid;
alter table mission_agreements add column offered_mission_id uuid not null
  generated always as (coalesce(lead_mission_id, mission_id)) stored;
alter table mission_agreements drop constraint mission_agreements_territory_id_mission_id_employee_id_fkey;
alter table mission_agreements
  add foreign key (territory_id, offered_mission_id, employee_id) references candidacies;
