-- The moment a season's figures were made public.
create table publications (
  territory_id uuid not null,
  campaign_id uuid not null,
  rank smallint not null,
  published_by uuid references people,
  published_at timestamptz not null,
  primary key (territory_id, campaign_id, rank),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('publications');
call write_once('publications');
