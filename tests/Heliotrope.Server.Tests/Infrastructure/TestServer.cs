using Heliotrope.Core.People;
using Heliotrope.Mail.Smtp;
using Heliotrope.Server.Database;
using Heliotrope.Server.Database.Postgres;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Live;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Host = Heliotrope.Server.Platform.Host;

namespace Heliotrope.Server.Tests.Infrastructure;

/// <summary>The real server within the test's process, on real ports, with a clock that can be put forward.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;

    private TestServer(WebApplication app, TestDatabase database, bool ownsDatabase, TestClock clock, LogLines log)
    {
        (_app, _database, _ownsDatabase, Clock, Log) = (app, database, ownsDatabase, clock, log);
        var listening = app.Services.GetRequiredService<Host.Listening>();
        Url = listening.FirstUrl;
        SmtpPort = listening.SmtpEndPoint!.Port;
        app.Services.GetRequiredService<PublicAddress>().Serves(Url);
    }

    public Uri Url { get; }

    public int SmtpPort { get; }

    public TestClock Clock { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    public Store Store => Services.GetRequiredService<Store>();

    /// <summary>With an administrator's key.</summary>
    public ApiClient Api { get; private set; } = null!;

    public static async Task<TestServer> Start(Engine engine, string? smarthost = null, string? publicUrl = null, Action<IServiceCollection>? replace = null, int undoSeconds = 0) =>
        await Start(await TestDatabase.CreateMigrated(engine), smarthost, publicUrl, ownsDatabase: true, replace, undoSeconds: undoSeconds);

    /// <summary>On a database that outlives it: for a second server, or the same one started again.</summary>
    public static async Task<TestServer> Start(TestDatabase database, string? smarthost = null, string? publicUrl = null, bool ownsDatabase = false, Action<IServiceCollection>? replace = null, Uri? at = null, int undoSeconds = 0, Func<ServerSettings, ServerSettings>? adjust = null)
    {
        var settings = database.Settings(smarthost, publicUrl, at);
        settings = adjust?.Invoke(settings) ?? settings;
        var clock = new TestClock();
        var log = new LogLines();
        var socket = Path.Combine(database.Folder, $"{Guid.NewGuid().ToString("N")[..8]}.sock");
        var app = Host.Build(settings, socket, services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddLogging(logging => logging.ClearProviders().AddProvider(log));
            if (database.OpenEngine() is PostgresEngine engine)
            {
                services.AddSingleton<IEngine>(engine).AddSingleton(engine); // ours to close: its connections outlive the server, for the next one
            }

            services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1000); // what is slow for whoever guesses is slow for tests
            replace?.Invoke(services);
        });
        await Host.Prepare(app.Services, CancellationToken.None);

        // Replies leave at once, unless a test is about taking them back.
        await app.Services.GetRequiredService<Store>().Write(
            async db =>
            {
                await Organisation.Set(db, SettingKeys.UndoSeconds, undoSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return true;
            },
            CancellationToken.None);
        await app.StartAsync();
        var server = new TestServer(app, database, ownsDatabase, clock, log);
        server.Api = new ApiClient(server.Url, await server.NewKey(Role.Admin));
        return server;
    }

    public async Task<string> NewKey(Role role, int? days = null) =>
        (await Services.GetRequiredService<AddApiKey>().Run(Actor.System, new("tests", role, days), CancellationToken.None)).Value.Key;

    public async Task<ApiClient> ApiAs(Role role) => new(Url, await NewKey(role));

    public async Task<UserDetails> AddUser(string email, string name = "Priya Nair", Role role = Role.Agent, string password = Browser.Password)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<AddUser>().Run(Actor.System, new(email, name, role, password))).Value;
    }

    /// <summary>The path of the setup link as the console would print it; null once setup is closed.</summary>
    public async Task<string?> SetupPath() => await CompleteSetup.NewToken(Store, CancellationToken.None) is { } token ? $"/setup/{token}" : null;

    public Browser NewBrowser() => new(Url);

    /// <summary>A browser in which a new colleague is signed in.</summary>
    public async Task<Browser> SignedIn(Role role = Role.Agent, string name = "Priya Nair")
    {
        var email = $"{Guid.NewGuid():N}@desk.example";
        await AddUser(email, name, role);
        var browser = NewBrowser();
        await browser.SignIn(email);
        return browser;
    }

    public Task<SendResult> Smtp(TestMail mail) => Smtp(mail.Bytes(), mail.EnvelopeTo);

    public async Task<SendResult> Smtp(byte[] mail, string to, string from = "sender@client.example")
    {
        await using var sender = new SmtpSender(new Smarthost("127.0.0.1", SmtpPort, MailTls.WhenOffered, null, null), "client.example");
        return await sender.Send(from, [to], mail, Patience.Token());
    }

    /// <summary>Sends a mail in, and gives the conversation it became part of.</summary>
    public async Task<long> Receive(TestMail mail)
    {
        var answer = await Api.PostMail(mail.Bytes(), mail.EnvelopeTo);
        Assert.True((int)answer.Status == 200 && answer.Json.Text("status") == "stored", $"{answer.Status}: {answer.Body}\n{Log.All}");
        return answer.Json.GetProperty("conversation").GetInt64();
    }

    /// <summary>Puts the clock forward and lets the outbox look again.</summary>
    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Services.GetRequiredService<OutboxBell>().Ring();
        Services.GetRequiredService<DraftBell>().Ring();
    }

    /// <summary>Reads until it is as wanted, looking again whenever anything changed.</summary>
    public async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> wanted)
    {
        using var changes = Services.GetRequiredService<LiveUpdates>().Listen();
        var patience = Patience.Token();
        while (true)
        {
            var value = await read();
            if (wanted(value))
            {
                return value;
            }

            try
            {
                await changes.Changes.ReadAsync(patience);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It never came about. Last seen: {value}\n{Log.All}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Api.Dispose();
        if (_ownsDatabase)
        {
            await _database.DisposeAsync();
        }
    }
}
