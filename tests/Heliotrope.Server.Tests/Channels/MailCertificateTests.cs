using System.Security.Cryptography.X509Certificates;
using Heliotrope.Mail.Smtp;
using Heliotrope.Mail.Tests.Smtp;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Host = Heliotrope.Server.Platform.Host;

namespace Heliotrope.Server.Tests.Channels;

public sealed class MailCertificateTests
{
    [Fact]
    public async Task Mail_comes_in_encrypted_and_the_chain_is_sent_along()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        var chain = TestCertificate.Chain();
        var file = Path.Combine(database.Folder, "mail.pem");
        await File.WriteAllTextAsync(file, $"{Key(chain[2])}\n{chain[2].ExportCertificatePem()}\n{chain[1].ExportCertificatePem()}\n");
        await using var server = await TestServer.Start(database, adjust: settings => settings with { SmtpCertificate = (file, file) });

        var shown = await Shown(server);
        Assert.Equal(chain[2].Thumbprint, shown[0]);
        Assert.Contains(chain[1].Thumbprint, shown);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_and_a_broken_one_is_not()
    {
        await using var database = await TestDatabase.CreateMigrated(Engine.Sqlite);
        var (file, key) = (Path.Combine(database.Folder, "cert.pem"), Path.Combine(database.Folder, "key.pem"));
        var (first, second) = (TestCertificate.Chain()[2], TestCertificate.Chain()[2]);
        await Write(first);
        await using var server = await TestServer.Start(database, adjust: settings => settings with { SmtpCertificate = (file, key) });
        Assert.Equal(first.Thumbprint, (await Shown(server))[0]);

        // As a renewal half done: the certificate is new, its key is not there yet.
        await File.WriteAllTextAsync(file, second.ExportCertificatePem());
        Assert.Equal(first.Thumbprint, (await Shown(server))[0]);
        Assert.Equal(first.Thumbprint, (await Shown(server))[0]);
        Assert.Contains(file, Assert.Single(server.Log.Errors), StringComparison.Ordinal); // said once

        await Write(second);
        Assert.Equal(second.Thumbprint, (await Shown(server))[0]);

        File.Delete(key);
        Assert.Equal(second.Thumbprint, (await Shown(server))[0]);
        Assert.DoesNotContain("PRIVATE KEY", server.Log.All, StringComparison.Ordinal);

        async Task Write(X509Certificate2 made)
        {
            await File.WriteAllTextAsync(file, made.ExportCertificatePem());
            await File.WriteAllTextAsync(key, Key(made));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("these are no certificates")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("without a key")]
    public async Task One_that_cannot_be_used_stops_the_start_with_a_sentence(string? content)
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        var file = Path.Combine(database.Folder, "mail.pem");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content == "without a key" ? TestCertificate.SelfMade.ExportCertificatePem() : content);
        }

        var settings = database.Settings() with { SmtpCertificate = (file, file) };
        var refused = Assert.Throws<SettingException>(() => Host.Build(settings, Path.Combine(database.Folder, "x.sock")));
        Assert.StartsWith($"HELIOTROPE_SMTP_CERTIFICATE is \"{file}\", which cannot be used. Allowed: the path of a PEM file", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The thumbprints a sender is shown, the server's own first.</summary>
    private static async Task<List<string>> Shown(TestServer server)
    {
        var shown = new List<string>();
        await using var sender = new SmtpSender(new Smarthost("127.0.0.1", server.SmtpPort, MailTls.StartTls, null, null), "client.example", new SmtpSenderOptions
        {
            CertificateCheck = (_, certificate, chain, _) =>
            {
                shown.Add(certificate!.GetCertHashString());
                shown.AddRange(chain!.ChainPolicy.ExtraStore.Select(extra => extra.Thumbprint));
                return true;
            },
        });
        var mail = TestMail.FromSomebodyNew();
        Assert.Equal(SendOutcome.Accepted, (await sender.Send(mail.Author, [mail.EnvelopeTo], mail.Bytes(), Patience.Token())).Outcome);
        return shown;
    }

    private static string Key(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
}
