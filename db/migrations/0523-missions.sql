-- A company that never answers: after a month the commune may count what the association confirmed, for a
-- reason. Until the company approves it too, no receipt counts it.
alter table timesheet_approvals add column stood_in_reason text
  check (length(stood_in_reason) between 1 and 500);
-- Hours confirmed wait for the company's word as offers and absences wait for theirs.
alter table answer_reminders drop constraint answer_reminders_awaited_check;
alter table answer_reminders add check (awaited in ('candidacy', 'absence', 'approval'));
