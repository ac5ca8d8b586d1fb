-- The last orders of a customer, newest first.
-- @param customer bigint
-- @param most integer = 10
-- @example {"customer": 2}
select orders.id, orders.day, orders.amount, customers.name
from orders join customers on customers.id = orders.customer
where customers.id = :customer
order by orders.day desc, orders.id
limit :most
