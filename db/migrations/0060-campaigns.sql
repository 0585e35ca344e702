-- The skill families of DOMAIN 1.5: the same words in every commune. Global.
create table skill_families (
  code text primary key check (code ~ '^[A-Z_]+$'),
  rank smallint not null unique
);
insert into skill_families (code, rank)
  select code, row_number() over () from unnest(array[
    'STRATEGY','FINANCE','LEGAL','HR','COMMS','MARKETING','FUNDRAISING','DIGITAL','DATA','DESIGN',
    'LOGISTICS','REALESTATE','EVENTS','TRAINING','ENVIRONMENT','SOLIDARITY_DAY']) as code;

create table campaigns (
  territory_id uuid not null references territories,
  id uuid not null,
  year integer not null check (year between 2000 and 2100),
  title text not null,
  pledges_close_on date not null,
  applications_close_on date not null,
  council_on date not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  -- Each association keeps at least this share of its baseline, as far as the envelope goes.
  floor_percent integer not null check (floor_percent between 0 and 100),
  -- Of confirmed hours, kept aside for accidents of the season.
  reserve_percent integer not null check (reserve_percent between 0 and 50),
  -- Weight of a score in the reference: from low at 0 points to high at 100 (ALLOCATION 2.1).
  weight_low_percent integer not null check (weight_low_percent between 10 and 100),
  weight_high_percent integer not null check (weight_high_percent between 100 and 300),
  -- Nobody gets more than this share of its reference, cash and hours together.
  total_cap_percent integer not null check (total_cap_percent between 100 and 500),
  cash_unit_cents bigint not null check (cash_unit_cents > 0),
  -- Indicative value of an hour beside the cash: never fiscal, never added in an act (DOMAIN 8.5).
  reference_hourly_cents bigint not null check (reference_hourly_cents > 0),
  -- Where the set-up came from; empty when it was written by hand.
  copied_from jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, year)
);
call keep_in_territory('campaigns');

-- draft → pledging → applying → reviewing → deliberating → executing → reporting → closed.
create table campaign_states (
  territory_id uuid not null,
  campaign_id uuid not null,
  rank smallint not null,
  state text not null check (state in ('draft', 'pledging', 'applying', 'reviewing', 'deliberating', 'executing', 'reporting', 'closed', 'cancelled')),
  entered_at timestamptz not null,
  entered_by uuid references people,
  primary key (territory_id, campaign_id, rank),
  unique (territory_id, campaign_id, state),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('campaign_states');
call write_once('campaign_states');

create table envelopes (
  territory_id uuid not null,
  campaign_id uuid not null,
  id uuid not null,
  name text not null,
  cash_cents bigint not null check (cash_cents >= 0),
  primary key (territory_id, id),
  unique (territory_id, campaign_id, name),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('envelopes');

create table campaign_families (
  territory_id uuid not null,
  campaign_id uuid not null,
  family text not null references skill_families,
  primary key (territory_id, campaign_id, family),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('campaign_families');

create table criteria (
  territory_id uuid not null,
  campaign_id uuid not null,
  id uuid not null,
  label text not null,
  weight integer not null check (weight between 1 and 100),
  primary key (territory_id, id),
  unique (territory_id, campaign_id, label),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('criteria');
