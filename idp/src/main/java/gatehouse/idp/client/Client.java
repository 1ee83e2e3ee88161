package gatehouse.idp.client;

import com.nimbusds.jose.jwk.JWKSet;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.ClientId;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registered OAuth client (RFC 7591 §2), as the data plane reads it.
 *
 * @param clientId                   its identifier
 * @param issuer                     name of the issuer it is registered at
 * @param organization               the organization it belongs to: only that organization's people may use it; empty:
 *                                   anybody's
 * @param clientName                 what people read
 * @param clientUri                  home page, if any: where an error page may lead back to
 * @param redirectUris               compared exactly (RFC 9700 §2.1), save the port of a loopback address (RFC 8252 §7.3)
 * @param postLogoutRedirectUris     compared exactly
 * @param grantTypes                 {@code authorization_code}, {@code refresh_token}, {@code client_credentials}
 * @param scopes                     scopes it may ask for
 * @param tokenEndpointAuthMethod    {@code none}, {@code client_secret_basic}, {@code client_secret_post},
 *                                   {@code private_key_jwt}
 * @param secrets                    live secrets, hashed; two during a change of secret
 * @param jwks                       its keys by value, for {@code private_key_jwt}
 * @param jwksUri                    its keys by reference
 * @param idTokenSignedResponseAlg   algorithm of its ID tokens
 * @param accessTokenSignedResponseAlg algorithm of its access tokens
 * @param audience                   {@code aud} of its access tokens
 * @param accessTokenLifetime        own lifetime of its access tokens; empty: the issuer's
 * @param firstParty                 whether people are not asked for consent
 * @param enabled                    whether it may be used
 * @param version                    grows with every change
 */
public record Client(
        @Described(value = "Its identifier; made here if not given.", access = Access.IDENTITY, min = 1, max = 255,
                pattern = "^[\\x21-\\x7e]+$")
        ClientId clientId,
        @Described(value = "Name of the issuer it belongs to.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "Only this organization's people may use it; absent: anybody's.", access = Access.OPERATOR,
                min = 1, max = 64)
        Optional<OrganizationId> organization,
        @Described(value = "What people read.", max = 200, min = 1)
        String clientName,
        @Described(value = "Home page: where an error page may lead back to.", max = 2048, format = "uri")
        Optional<URI> clientUri,
        @Described(value = "Where codes may be sent; compared exactly.", min = 1, max = 2048, entriesMax = 50,
                format = "uri")
        List<String> redirectUris,
        @Described(value = "Where a browser may go after logout; compared exactly.", min = 1, max = 2048,
                entriesMax = 50, format = "uri")
        List<String> postLogoutRedirectUris,
        @Described(value = "Grants it may use.", entriesMax = 3, oneOf = {"authorization_code", "refresh_token",
                "client_credentials"})
        Set<String> grantTypes,
        @Described(value = "Scopes it may ask for. Those that begin with gatehouse: are for operators to give.",
                min = 1, max = 128, pattern = "^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$")
        Set<String> scopes,
        @Described(value = "How it authenticates.", oneOf = {"none", "client_secret_basic", "client_secret_post",
                "private_key_jwt"})
        String tokenEndpointAuthMethod,
        @Described(value = "Hashes of its secrets.", access = Access.INTERNAL)
        List<ClientSecret> secrets,
        @Described("Its public keys by value, for private_key_jwt.")
        Optional<JWKSet> jwks,
        @Described(value = "Its public keys by reference, for private_key_jwt.", max = 2048, format = "uri")
        Optional<URI> jwksUri,
        @Described("Algorithm of its ID tokens.")
        SigningAlgorithm idTokenSignedResponseAlg,
        @Described("Algorithm of its access tokens.")
        SigningAlgorithm accessTokenSignedResponseAlg,
        @Described(value = "aud of its access tokens.", access = Access.OPERATOR, min = 1, max = 2048,
                entriesMax = 20)
        List<String> audience,
        @Described(value = "Own lifetime of its access tokens, seconds; absent: the issuer's.", min = 10,
                max = 86_400)
        Optional<Duration> accessTokenLifetime,
        @Described(value = "Whether people are not asked for consent.", access = Access.OPERATOR)
        boolean firstParty,
        @Described("Whether it may be used.")
        boolean enabled,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {}
