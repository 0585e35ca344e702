-- In which language METIS writes to a person, whoever's deed it tells of.
alter table people add column language text not null default 'fr' check (language in ('fr', 'en'));
