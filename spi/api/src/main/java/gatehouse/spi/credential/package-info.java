/** Ways to prove who one is, and how passwords are hashed. */
package gatehouse.spi.credential;
