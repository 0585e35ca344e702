-- A scenario is sealed: what went in, what came out, the digest of both. Another idea is another row.
create table scenarios (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  name text not null,
  assumptions jsonb not null,
  problem jsonb not null,
  result jsonb not null,
  problem_sha256 text not null,
  result_sha256 text not null,
  computed_by uuid references people,
  computed_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('scenarios');
call write_once('scenarios');

-- The scenario put to the council. The newest stands.
create table proposals (
  territory_id uuid not null,
  campaign_id uuid not null,
  rank smallint not null,
  scenario_id uuid not null,
  proposed_by uuid references people,
  proposed_at timestamptz not null,
  primary key (territory_id, campaign_id, rank),
  foreign key (territory_id, scenario_id) references scenarios
);
call keep_in_territory('proposals');
call write_once('proposals');
