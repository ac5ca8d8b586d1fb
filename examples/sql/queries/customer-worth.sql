-- What a customer has spent; many callers at once are answered by one run.
-- @param customer bigint
-- @max-batch-size 64
-- @slo 250ms
-- @example {"customer": 2}
select inputs.query_id, customers.name, customers.plan, count(orders.id) as orders, coalesce(sum(orders.amount::decimal(12, 2)), 0) as spent
from inputs
join customers on customers.id = inputs.customer
left join orders on orders.customer = customers.id
group by all
