-- Who people are, what they may do and which communes there are is written by sign-in and by the
-- operator. A page reads it: a flaw in one gives nobody a role, and removes no commune.
revoke insert, update, delete on people, organisations, memberships, territories,
  territory_organisations, skill_families from metis_app;
