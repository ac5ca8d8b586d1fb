-- A customer by number; nothing where there is none.
-- @param customer bigint
-- @max-batch-size 256
-- @example {"customer": 2}
select inputs.query_id, customers.id, customers.name, customers.plan, customers.open_tickets
from inputs join customers on customers.id = inputs.customer
