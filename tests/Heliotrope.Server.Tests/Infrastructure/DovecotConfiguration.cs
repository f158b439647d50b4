using System.Globalization;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>What a test wants its Dovecot to be like.</summary>
internal sealed record DovecotOptions
{
    /// <summary>Instead of a fresh one for localhost.</summary>
    public TestIdentity? Identity { get; init; }

    /// <summary>How many connections a user may have at a time.</summary>
    public int ConnectionsPerUser { get; init; } = 100;

    /// <summary>Whether it speaks TLS at all.</summary>
    public bool Tls { get; init; } = true;
}

/// <summary>On which ports a Dovecot listens.</summary>
internal sealed record DovecotPorts(int Imap, int Imaps, int Lmtp, int Sasl);

/// <summary>The files that Dovecot 2.3 reads.</summary>
internal static class DovecotConfiguration
{
    public static string Text(string folder, string user, string group, DovecotPorts ports, DovecotOptions options) => string.Create(CultureInfo.InvariantCulture, $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/log
        protocols = imap lmtp
        # Who comes from the address that he talks to counts as secure even without TLS; from 127.0.0.1 to 127.0.0.2 nobody does.
        listen = 127.0.0.1, 127.0.0.2
        default_internal_user = {{user}}
        default_internal_group = {{group}}
        default_login_user = {{user}}
        ssl = {{(options.Tls ? "required" : "no")}}
        ssl_cert = <{{folder}}/certificate.pem
        ssl_key = <{{folder}}/key.pem
        disable_plaintext_auth = yes
        auth_mechanisms = plain login xoauth2 oauthbearer
        auth_failure_delay = 0
        auth_verbose = yes
        first_valid_uid = 1
        mail_location = maildir:~/Maildir
        mail_fsync = never
        mailbox_idle_check_interval = 1 secs
        mail_max_userip_connections = {{options.ConnectionsPerUser}}
        quota_full_tempfail = no
        passdb {
          driver = oauth2
          mechanisms = xoauth2 oauthbearer
          args = {{folder}}/oauth2.conf
        }
        passdb {
          driver = passwd-file
          mechanisms = plain login
          args = username_format=%u {{folder}}/users
        }
        userdb {
          driver = passwd-file
          args = username_format=%u {{folder}}/users
          default_fields = home={{folder}}/mail/%u
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Drafts {
            special_use = \Drafts
            auto = create
          }
          mailbox Junk {
            special_use = \Junk
            auto = create
          }
          mailbox Sent {
            special_use = \Sent
            auto = create
          }
          mailbox Trash {
            special_use = \Trash
            auto = create
          }
        }
        protocol imap {
          mail_plugins = quota imap_quota
        }
        protocol lmtp {
          mail_plugins = quota
          postmaster_address = postmaster@example.test
        }
        plugin {
          quota = maildir:User quota
          quota_grace = 0
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{ports.Imap}}
          }
          inet_listener imaps {
            port = {{(options.Tls ? ports.Imaps : 0)}}
            ssl = yes
          }
        }
        service lmtp {
          user = {{user}}
          inet_listener lmtp {
            port = {{ports.Lmtp}}
          }
        }
        service auth {
          inet_listener sasl {
            port = {{ports.Sasl}}
          }
        }
        service anvil {
          chroot =
          # Otherwise each wrong password makes the next one wait longer.
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }

        """);

    /// <summary>How it asks whether a token is valid.</summary>
    public static string Tokens(string url) => $"""
        introspection_url = {url}
        introspection_mode = post
        username_attribute = username
        active_attribute = active
        active_value = true

        """;
}
