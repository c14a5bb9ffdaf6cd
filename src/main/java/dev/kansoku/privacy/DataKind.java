package dev.kansoku.privacy;

/** Personal data and secrets that are found in texts. Where several are found in one place, the first of these names it. */
public enum DataKind {
    /** A key, certificate or message in PEM or OpenPGP armour (RFC 7468, RFC 9580). */
    PEM("[PEM]"),
    /** An API key, an access token, a password that is named as one, or a word that can only be one. */
    SECRET("[SECRET]"),
    /** User name and password in a URL (RFC 3986, userinfo). */
    LOGIN("[LOGIN]"),
    /** An e-mail address, or a user name at a host. */
    EMAIL("[EMAIL]"),
    /** An International Bank Account Number (ISO 13616). */
    IBAN("[IBAN]"),
    /** The number of a payment card (ISO/IEC 7812). */
    CARD("[CARD]"),
    /** A Japanese Individual Number. */
    MY_NUMBER("[MYNUMBER]"),
    PHONE("[PHONE]"),
    POSTAL_CODE("[POSTAL]"),
    /** An IPv4 or IPv6 address, but for the few that every machine has. */
    IP_ADDRESS("[IP]"),
    /** The name of a user's folder in a path. */
    USER("[USER]"),
    /** Digits in a row, or with dashes between them, that may be an account, a customer, a telephone: 11 or more. */
    NUMBER("[NUMBER]");

    private final String token;

    DataKind(String token) {
        this.token = token;
    }

    /** What stands in its place: ASCII, at most {@value Cut#MOST_CLUSTERS} characters, so that it can be shown whole. */
    String token() {
        return token;
    }
}
