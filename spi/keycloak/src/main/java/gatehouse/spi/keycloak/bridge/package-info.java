/** One Keycloak SPI ↔ one contract of {@code gatehouse.spi} each. Runs on provider threads. */
package gatehouse.spi.keycloak.bridge;
