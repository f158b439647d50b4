using System.Globalization;
using System.Text;
using System.Text.Json;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Heliotrope.Server.Tests.Mailboxes;

/// <summary>A desk that believes the certificates of a mail server run for the test.</summary>
internal sealed class MailRoom : IAsyncDisposable
{
    private MailRoom(TestServer server, DovecotServer dovecot) => (Server, Dovecot) = (server, dovecot);

    public TestServer Server { get; }

    public DovecotServer Dovecot { get; }

    public static async Task<MailRoom> Open(Engine engine, DovecotServer dovecot, Action<IServiceCollection>? replace = null, DovecotServer? alsoTrusts = null, string? smarthost = null) =>
        await Open(await TestDatabase.CreateMigrated(engine), dovecot, replace, alsoTrusts, ownsDatabase: true, smarthost);

    /// <summary>On a database that outlives it.</summary>
    public static async Task<MailRoom> Open(TestDatabase database, DovecotServer dovecot, Action<IServiceCollection>? replace = null, DovecotServer? alsoTrusts = null, bool ownsDatabase = false, string? smarthost = null)
    {
        var authority = await Trust(database, dovecot, alsoTrusts);
        var server = await TestServer.Start(database, smarthost, ownsDatabase: ownsDatabase, replace: services =>
        {
            services.AddSingleton(database.Settings(smarthost) with { MailAuthority = authority });
            replace?.Invoke(services);
        });
        return new(server, dovecot);
    }

    /// <summary>The same as a process of its own, which can be killed.</summary>
    public static async Task<TestProcess> Serve(TestDatabase database, DovecotServer dovecot) =>
        await TestProcess.Serve(database, null, "env", $"HELIOTROPE_MAIL_AUTHORITY={await Trust(database, dovecot)}");

    /// <summary>The file that says whose certificates are believed.</summary>
    private static async Task<string> Trust(TestDatabase database, params DovecotServer?[] dovecots)
    {
        var authority = Path.Combine(database.Folder, "authority.pem");
        await File.WriteAllTextAsync(authority, string.Join('\n', dovecots.OfType<DovecotServer>().Select(dovecot => dovecot.Authority.Certificate.ExportCertificatePem())));
        return authority;
    }

    /// <summary>Another server on the same mail servers.</summary>
    public static string Body(DovecotServer dovecot, string user = DovecotServer.User, string password = DovecotServer.Password, string tls = "implicit", int smtpPort = 0, string after = "mark-read") => JsonSerializer.Serialize(new
    {
        address = user,
        imapHost = "localhost",
        imapPort = tls == "implicit" ? dovecot.Ports.Imaps : dovecot.Ports.Imap,
        imapTls = tls,
        smtpHost = smtpPort == 0 ? "" : "localhost",
        smtpPort,
        smtpTls = "start-tls",
        password,
        after,
        moveTo = after == "move" ? "Done" : "",
    });

    public Task<JsonElement> Connect(string user = DovecotServer.User, string password = DovecotServer.Password, string tls = "implicit", int smtpPort = 0, string after = "mark-read") =>
        Connect(Body(Dovecot, user, password, tls, smtpPort, after));

    /// <summary>Connects a mailbox, and waits until it has been looked into.</summary>
    public async Task<long> ConnectAndLook(string user = DovecotServer.User, string password = DovecotServer.Password, string tls = "implicit", int smtpPort = 0, string after = "mark-read")
    {
        var id = (await Connect(user, password, tls, smtpPort, after)).GetProperty("id").GetInt64();
        await UntilLooked(id);
        return id;
    }

    public async Task<JsonElement> Connect(string body)
    {
        var answer = await Server.Api.PostText("/api/v1/mailboxes", body);
        Assert.True((int)answer.Status == 200, $"{answer.Body}\n{Server.Log.All}");
        return answer.Json;
    }

    public async Task<JsonElement> Read(long id) => (await Server.Api.Get($"/api/v1/mailboxes/{id.ToString(CultureInfo.InvariantCulture)}")).Json;

    /// <summary>A conversation that somebody begins by a mail into the mailbox.</summary>
    public async Task<long> Begin(string from, string subject = "Late parcel", string to = DovecotServer.User)
    {
        await Dovecot.Deliver(to, Mail(subject, from, to));
        long? number = null;
        await Patience.Until(async () => (number = await Server.Store.Read(db => db.Conversations.Where(c => c.Subject == subject).Select(c => (long?)c.Number).FirstOrDefaultAsync())) is not null, () => Server.Log.All);
        return number!.Value;
    }

    /// <summary>Waits until a mailbox is as wanted, and longer while mail comes out of it.</summary>
    public async Task<JsonElement> Until(long id, Func<JsonElement, bool> wanted)
    {
        var (patience, stored) = (Patience.Token(), 0L);
        while (true)
        {
            var seen = await Read(id);
            if (wanted(seen))
            {
                return seen;
            }

            if (seen.GetProperty("reading").GetProperty("stored").GetInt64() is var now && now > stored)
            {
                (patience, stored) = (Patience.Token(), now);
            }

            Assert.False(patience.IsCancellationRequested, $"It never came about. Last seen: {seen}\n{Server.Log.All}");
            await Task.Delay(100);
        }
    }

    public Task<JsonElement> UntilLooked(long id) => Until(id, m => m.GetProperty("reading").GetProperty("lookedAt").ValueKind is not JsonValueKind.Null);

    public Task<JsonElement> UntilStored(long id, long count) => Until(id, m => m.GetProperty("reading").GetProperty("stored").GetInt64() >= count);

    /// <summary>The subjects of all messages that customers wrote, each as often as it is stored.</summary>
    public Task<List<string>> Subjects() => Server.Store.Read(db => db.Conversations.OrderBy(c => c.Number).Select(c => c.Subject).ToListAsync());

    public Task<int> RawMails() => Server.Store.Read(db => db.RawMail.CountAsync());

    public static byte[] Mail(string subject, string from = "ines@client.example", string to = DovecotServer.User, string text = "Where is my order?") => Encoding.UTF8.GetBytes(
        $"Message-ID: <{Guid.NewGuid():N}@client.example>\r\nFrom: Ines <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nDate: {DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");

    /// <summary>With a file of so many bytes in base64.</summary>
    public static byte[] Large(string subject, int bytes)
    {
        var head = Encoding.ASCII.GetBytes(
            $"Message-ID: <{Guid.NewGuid():N}@client.example>\r\nFrom: Ines <ines@client.example>\r\nTo: <{DovecotServer.User}>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nSee the film.\r\n--b\r\nContent-Type: application/octet-stream; name=video.bin\r\nContent-Disposition: attachment; filename=video.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var foot = "\r\n--b--\r\n"u8;
        var line = Encoding.ASCII.GetBytes(Convert.ToBase64String(Enumerable.Range(0, 54).Select(i => (byte)(i * 7)).ToArray()) + "\r\n");
        var lines = bytes / 72;
        var mail = new byte[head.Length + (lines * line.Length) + foot.Length];
        head.CopyTo(mail, 0);
        for (var i = 0; i < lines; i++)
        {
            line.CopyTo(mail, head.Length + (i * line.Length));
        }

        foot.CopyTo(mail.AsSpan(mail.Length - foot.Length));
        return mail;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
