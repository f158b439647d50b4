using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>A desk that has been in use: invented people with addresses in domains that nobody can own (RFC 2606).</summary>
internal sealed class Demo
{
    public const string Organisation = "Morning Coffee (demo)";
    public const string Password = Journey.Password;

    /// <summary>What lies on the desk this morning. Made once; each journey gets a copy.</summary>
    public static readonly Lazy<Task<byte[]>> Morning = new(() => Make(weeks: 0));

    /// <summary>The same after five busy weeks.</summary>
    public static readonly Lazy<Task<byte[]>> BusyWeeks = new(() => Make(weeks: 5));

    private readonly TestServer _server;
    private readonly DateTimeOffset _today;

    // Late in the morning, whenever the tests run: words and times then fit together.
    private Demo(TestServer server) => (_server, _today) = (server, Zone.StartOf(Zone.DayOf(server.Clock.GetUtcNow())).AddHours(11.7));

    public Actor Priya { get; private set; } = null!;

    public Actor Tom { get; private set; } = null!;

    /// <summary>The conversation that is worth opening.</summary>
    public long Number { get; private set; }

    /// <summary>The desk of a journey that was started with one of the copies.</summary>
    public static async Task<Demo> At(TestServer server)
    {
        var demo = new Demo(server);
        demo.Now();
        var people = await server.Store.Read(db => db.Users.ToDictionaryAsync(user => user.Email!, user => new Actor(ActorKind.Person, user.Id, user.Name, user.Role)));
        (demo.Priya, demo.Tom) = (people["priya@coffee.example"], people["tom@coffee.example"]);
        demo.Number = await server.Store.Read(db => db.Conversations.Where(c => c.Subject == "The grinder only hums").Select(c => c.Number).SingleAsync());
        return demo;
    }

    private static async Task<byte[]> Make(int weeks)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var demo = await On(server);
        await demo.Arrives();
        await demo.PastWeeks(weeks, 22);
        var copy = Path.Combine(Path.GetTempPath(), $"heliotrope-demo-{Guid.NewGuid():N}.db");
        await server.Store.Read(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
        var bytes = await File.ReadAllBytesAsync(copy);
        File.Delete(copy);
        return bytes;
    }

    private static async Task<Demo> On(TestServer server)
    {
        var demo = new Demo(server);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var token = (await server.SetupPath())!.Split('/')[^1];
            var priya = await scope.ServiceProvider.GetRequiredService<CompleteSetup>().Run(token, new(Organisation, "Priya Nair", "priya@coffee.example", Password));
            demo.Priya = new(ActorKind.Person, priya.Value.Id, priya.Value.Name, priya.Value.Role);
        }

        demo.Now();
        var tom = await server.AddUser("tom@coffee.example", "Tom Weaver", Role.Agent, Password);
        demo.Tom = new(ActorKind.Person, tom.Id, tom.Name, tom.Role);
        return demo;
    }

    /// <summary>Puts the clock so far back from the present.</summary>
    public void Ago(double hours) => _server.Clock.Advance(_today - TimeSpan.FromHours(hours) - _server.Clock.GetUtcNow());

    /// <summary>Back in the present.</summary>
    public void Now() => _server.Advance(_today - _server.Clock.GetUtcNow());

    public static TestMail From(string name, string subject, string text) => new()
    {
        From = $"{name} <{string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter)).ToLowerInvariant()}@people.example>",
        To = "help@coffee.example",
        Subject = subject,
        Text = text,
    };

    public Task<long> Receive(TestMail mail) => _server.Receive(mail with { From = Encoded(mail.From!), Subject = Encoded(mail.Subject) });

    public async Task Reply(Actor actor, long number, string text, bool resolve = false) =>
        Assert.Null(await _server.Services.GetRequiredService<Reply>().Run(actor, number, new(text, resolve), CancellationToken.None));

    public async Task Note(Actor actor, long number, string text) =>
        Assert.Null(await _server.Services.GetRequiredService<Note>().Run(actor, number, new(text), CancellationToken.None));

    public async Task Assign(long number, Actor to) => Assert.Null((await _server.Services.GetRequiredService<Assign>().Run(Priya, number, new(to.Id!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), CancellationToken.None)).Refusal);

    public async Task Answer(long number, string name, bool resolved, bool again, string comment = "") =>
        Assert.Null((await _server.Services.GetRequiredService<AnswerConfidence>().Answer(
            Actor.Customer(name), await Token(number), new ConfidenceAnswers(resolved, again, comment), CancellationToken.None)).Refusal);

    /// <summary>Teams and drivers, and a conversation that has one of each, a tag and a target that has passed.</summary>
    public async Task Files(long number)
    {
        var api = _server.Api;
        (await api.Post("/api/v1/drivers", new { name = "Broken on arrival" })).Is(200);
        var driver = (await api.Post("/api/v1/drivers", new { name = "Delivery is late" })).Is(200).Json[0].GetProperty("id").GetInt64();
        (await api.Post("/api/v1/teams", new
        {
            name = "Repairs",
            zone = "Europe/Berlin",
            hours = "Mon-Fri 08:00-12:30 13:30-18:00; Sat 10:00-14:00",
            firstAnswerMinutes = 30,
            nextAnswerMinutes = 60,
            members = new[] { Priya.Id, Tom.Id },
            driverTargets = new[] { new { driver, firstAnswerMinutes = 20, nextAnswerMinutes = 45 } },
        })).Is(200);
        (await api.Post("/api/v1/teams", new { name = "Night desk", zone = "America/New_York", hours = "Mon-Sun 22:00-06:00" })).Is(200);
        (await api.Post($"/api/v1/conversations/{number}/team", new { team = "Repairs" })).Is(200);
        (await api.Post($"/api/v1/conversations/{number}/driver", new { driver = "Broken on arrival" })).Is(200);
        (await api.Post($"/api/v1/conversations/{number}/tags", new { add = new[] { "warranty", "grinder" } })).Is(200);
        (await api.Post("/api/v1/blocked-senders", new { address = "@boats.example" })).Is(200);
    }

    /// <summary>The token of the newest confidence link of a conversation.</summary>
    public async Task<string> Token(long number)
    {
        var raw = await _server.Api.OutboxRaw((await _server.Api.Outbox(number, "confidence"))[^1]);
        return new System.Text.RegularExpressions.Regex(@"/confidence/([A-Za-z0-9_\-]+)").Match(raw).Groups[1].Value;
    }

    /// <summary>The weeks before this one, each a little better than the one before it.</summary>
    private async Task PastWeeks(int weeks, int inEach)
    {
        for (var week = weeks; week > 0; week--)
        {
            for (var i = 0; i < inEach; i++)
            {
                await PastMatter(week, i, hours: (week * 2.5) + (i % 4 * 3));
            }
        }

        Now();
        var silence = _server.Services.GetServices<IHostedService>().OfType<SilenceWorker>().Single();
        await silence.EndSome(CancellationToken.None);
    }

    private async Task PastMatter(int week, int i, double hours)
    {
        var name = $"{First[(week + i) % First.Length]} {Last[((week * 3) + (i * 5)) % Last.Length]}";
        var begun = (week * 168) - (i * 12);
        Ago(begun);
        var mail = From(name, Subjects[(week + (i * 2)) % Subjects.Length], "Good morning, could you have a look at this for me?") with { MessageId = $"{week}.{i}@people.example" };
        var number = await Receive(mail);
        Ago(begun - (hours / 3));
        await Reply(i % 2 == 0 ? Priya : Tom, number, "Good morning, it is done.", resolve: true);
        Ago(begun - hours);
        switch (i % 7)
        {
            case 3:
                break; // They say nothing any more.
            case 5:
                await Receive(mail.Answer("Wonderful, thank you so much!", mail.MessageId));
                break;
            case 6 when week > 2:
                await Answer(number, name, resolved: true, again: false, "It took too long.");
                Ago(begun - hours - 1);
                await Reply(Priya, number, "We are sorry, and have found out why it did.", resolve: true);
                break;
            default:
                await Answer(number, name, resolved: true, again: true);
                break;
        }
    }

    /// <summary>Header words beyond ASCII as RFC 2047 writes them.</summary>
    private static string Encoded(string words)
    {
        var at = words.IndexOf(" <", StringComparison.Ordinal);
        var (phrase, rest) = at < 0 ? (words, "") : (words[..at], words[at..]);
        return phrase.All(char.IsAscii) ? words : $"=?utf-8?B?{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(phrase))}?={rest}";
    }

    private static readonly string[] First = ["Aiko", "Ben", "Clara", "Dario", "Emeka", "Freya", "Goran", "Hana", "Ivo", "Jonas", "Kofi"];
    private static readonly string[] Last = ["Tanaka", "Weber", "Okafor", "Duarte", "Lindqvist", "Moreau", "Novak", "Grant", "Rossi"];
    private static readonly string[] Subjects =
        ["A bag arrived open", "Invoice with the old address", "The lid does not close", "Delivery on another day", "Less acid, more chocolate", "Where is my parcel?", "A cup is missing"];
}
