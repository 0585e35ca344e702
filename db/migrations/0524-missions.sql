-- The third legal route, a loan of staff at cost (C. trav. art. L.8241-2): no gift, so that once it takes
-- effect its hours return to the pledge.
alter table mission_agreements drop constraint mission_agreements_route_check;
alter table mission_agreements add check (route in ('service', 'secondment', 'loan'));
