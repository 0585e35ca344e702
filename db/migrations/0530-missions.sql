-- What was said of an incident is behind a policy of its own: the three whom it concerns find it, the
-- commune and the jobs find only that there is an incident, its kind and its times.
create table incident_words (
  territory_id uuid not null,
  incident_id uuid not null,
  -- What was said when: at the report, or at one of its steps.
  step text not null check (step in ('report', 'employer_told', 'declared', 'closed')),
  company_id uuid not null references organisations,
  association_id uuid not null references organisations,
  words text not null check (length(words) between 1 and 500),
  primary key (territory_id, incident_id, step),
  foreign key (territory_id, incident_id) references incidents
);

-- The owner of the tables is kept to the policies too: lifted while the words of every commune move.
alter table missions no force row level security;
alter table incidents no force row level security;
alter table incident_steps no force row level security;
insert into incident_words (territory_id, incident_id, step, company_id, association_id, words)
select i.territory_id, i.id, said.step, m.company_id, m.association_id, said.words
from incidents i
join missions m on m.territory_id = i.territory_id and m.id = i.mission_id
join (
  select territory_id, id as incident_id, 'report' as step, words from incidents
  union all
  select territory_id, incident_id, step, words from incident_steps where words <> ''
) said on said.territory_id = i.territory_id and said.incident_id = i.id;
alter table missions force row level security;
alter table incidents force row level security;
alter table incident_steps force row level security;

alter table incidents drop column words;
alter table incident_steps drop column words;

alter table incident_words enable row level security;
alter table incident_words force row level security;
create policy territory_and_parties on incident_words
  using (territory_id = current_territory() and (acting_for(company_id) or acting_for(association_id)));
call write_once('incident_words');
