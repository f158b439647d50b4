using System.Globalization;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>On which ports a Postfix listens: with STARTTLS, and with TLS from the first byte.</summary>
internal sealed record PostfixPorts(int StartTls, int Tls);

/// <summary>The files that Postfix 3.7 reads.</summary>
internal static class PostfixConfiguration
{
    public static string Text(string folder, DovecotPorts dovecot, int policy, long messageSizeLimit) => string.Create(CultureInfo.InvariantCulture, $"""
        compatibility_level = 3.6
        config_directory = {folder}/conf
        queue_directory = {folder}/queue
        data_directory = {folder}/data
        maillog_file_prefixes = {folder}
        maillog_file = {folder}/log
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mail.example.test
        mydestination =
        mynetworks =
        alias_maps =
        alias_database =
        relay_domains =
        local_transport = error:5.1.1 nobody lives here
        default_transport = error:5.7.1 nothing leaves this server
        virtual_mailbox_domains = example.test
        virtual_transport = lmtp:inet:127.0.0.1:{dovecot.Lmtp}
        # A mailbox that is full for now is asked again soon, so that a test need not wait.
        queue_run_delay = 1s
        minimal_backoff_time = 1s
        maximal_backoff_time = 2s
        message_size_limit = {messageSizeLimit}
        smtpd_peername_lookup = no
        smtpd_client_connection_count_limit = 0
        smtpd_tls_cert_file = {folder}/conf/certificate.pem
        smtpd_tls_key_file = {folder}/conf/key.pem
        smtpd_tls_security_level = may
        smtpd_tls_auth_only = yes
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:{dovecot.Sasl}
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service inet:127.0.0.1:{policy}

        """);

    public static string Services(PostfixPorts ports) => $"""
        127.0.0.1:{ports.StartTls} inet n - n - - smtpd
        127.0.0.1:{ports.Tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        proxymap unix - - n - - proxymap
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        error unix - - n - - error
        retry unix - - n - - error
        lmtp unix - - n - - lmtp
        postlog unix-dgram n - n - 1 postlogd

        """;
}
