-- Where the register puts the seat of an association, to a hundredth of a degree (about a kilometre).
-- Empty for whoever asked not to be published and for a seat at somebody's home.
alter table registry_answers
  add column latitude double precision check (latitude between -90 and 90),
  add column longitude double precision check (longitude between -180 and 180),
  add constraint a_point_has_both check ((latitude is null) = (longitude is null));
