/** What operators and load balancers ask: is it alive, is it ready, what does it measure. */
package gatehouse.idp.boot.health;
