-- Hours voted for information that their company had taken back before the decision was in force.
create table award_hours_lapses (
  territory_id uuid not null,
  award_hours_id uuid not null,
  lapsed_at timestamptz not null,
  primary key (territory_id, award_hours_id),
  foreign key (territory_id, award_hours_id) references award_hours
);
call keep_in_territory('award_hours_lapses');
call write_once('award_hours_lapses');
