using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Tests.Infrastructure;

namespace Heliotrope.Server.Tests.Happiness;

/// <summary>A desk on 18 March 2026, whose few conversations are all known by heart.</summary>
internal sealed class KnownMatters
{
    private static readonly AnswerRules Rules = new(WorkingHours.Parse("UTC", "Mon-Sun 00:00-24:00", "").Value, new(TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(120)));
    private static readonly Actor Priya = new(ActorKind.System, null, "Priya", Role.Agent);

    private readonly TestServer _server;
    private long _rawMail;

    private KnownMatters(TestServer server) => _server = server;

    public const string Repairs = "=1+1 Repairs";

    public long RepairsTeam { get; private set; }

    public long BillingTeam { get; private set; }

    public long LateParcel { get; private set; }

    public long Invoice { get; private set; }

    public static async Task<KnownMatters> On(TestServer server)
    {
        var known = new KnownMatters(server);
        server.Clock.Advance(At("2026-03-18", 12) - server.Clock.GetUtcNow());
        await server.Store.Write(
            async db =>
            {
                var (repairs, billing) = (new Team { Name = Repairs }, new Team { Name = "Billing" });
                var (parcel, invoice) = (new Driver { Name = "Late parcel" }, new Driver { Name = "Wrong invoice" });
                var raw = new RawMail { MessageId = "known", ContentHash = "known" };
                db.AddRange(repairs, billing, parcel, invoice, raw);
                await db.SaveChangesAsync();
                (known.RepairsTeam, known.BillingTeam, known.LateParcel, known.Invoice, known._rawMail) = (repairs.Id, billing.Id, parcel.Id, invoice.Id, raw.Id);
                known.Fill(db);
                return true;
            },
            CancellationToken.None);
        return known;
    }

    /// <summary>How many of these the 13 weeks hold: not the spam, and not the one of last December.</summary>
    public const int Shown = 9;

    private void Fill(HeliotropeDb db)
    {
        Add(db, "Ada", "2026-03-02", 12, RepairsTeam, LateParcel, HappinessEnd.Confirmed, 3, firstAfter: 30);
        Add(db, "Ben", "2026-03-03", 12, RepairsTeam, LateParcel, HappinessEnd.Unhappy, 5, firstAfter: 90);
        Add(db, "Cara", "2026-03-04", 12, RepairsTeam, null, HappinessEnd.Thanked, 2, firstAfter: 60);
        Add(db, "Dan", "2026-03-18", 10, null, null, null, 0);
        Add(db, "Eve", "2026-03-18", 11.5, null, null, null, 0);
        Add(db, "Finn", "2026-02-05", 12, RepairsTeam, LateParcel, HappinessEnd.Silent, 168, firstAfter: 10, nextAfter: 180);
        Add(db, "Gus", "2026-02-18", 12, BillingTeam, null, HappinessEnd.Unhappy, 3, firstAfter: 120);
        Add(db, "Hana", "2026-02-19", 12, BillingTeam, null, HappinessEnd.Confirmed, 6, firstAfter: 20, nextAfter: 60);
        Add(db, "Ivo", "2026-01-07", 12, BillingTeam, Invoice, HappinessEnd.Confirmed, 1, firstAfter: 5);
        Add(db, "Spam", "2026-03-05", 12, RepairsTeam, LateParcel, HappinessEnd.Unhappy, 5, firstAfter: 90).MarkSpam(Priya, true, At("2026-03-06", 12));
        Add(db, "Long ago", "2025-12-01", 12, RepairsTeam, LateParcel, HappinessEnd.Unhappy, 5, firstAfter: 90);
    }

    private Conversation Add(HeliotropeDb db, string name, string day, double hour, long? team, long? driver, HappinessEnd? end, double hours, double? firstAfter = null, double? nextAfter = null)
    {
        var start = At(day, hour);
        Assert.True(EmailAddress.TryParse($"{name.Replace(" ", "", StringComparison.Ordinal)}@client.example", out var address));
        var conversation = Conversation.Begin(Customer.WithAddress(address, name, start), $"What {name} asked", "help@desk.example", start);
        db.Conversations.Add(conversation);
        conversation.BelongTo(team);
        conversation.Receive(Message(name, "It does not work. Why?"), start, Rules);
        conversation.SetDriver(Priya, driver, "", Rules, start);
        if (firstAfter is { } first)
        {
            Answer(conversation, start.AddMinutes(first));
        }

        if (nextAfter is { } next)
        {
            conversation.Receive(Message(name, "And what now?"), start.AddMinutes(firstAfter!.Value + 10), Rules);
            Answer(conversation, start.AddMinutes(firstAfter.Value + 10 + next));
        }

        switch (end)
        {
            case HappinessEnd.Thanked:
                conversation.Receive(Message(name, "Wonderful, thank you!"), start.AddHours(hours), Rules);
                break;
            case HappinessEnd.Silent:
                conversation.FallSilent(start.AddHours(hours));
                break;
            case { } said:
                conversation.AnswerConfidence(Actor.Customer(name), new(true, said is HappinessEnd.Confirmed, ""), start.AddHours(hours), Rules);
                break;
            default:
                break;
        }

        if (end is HappinessEnd.Unhappy)
        {
            Answer(conversation, start.AddHours(hours + 1)); // nobody waits now, and the answer to a no came on time
        }

        Assert.Equal(end, conversation.HappinessEnd);
        return conversation;
    }

    private static void Answer(Conversation conversation, DateTimeOffset at) =>
        Assert.Null(conversation.Reply(Priya, new("We are on it."), $"{Guid.NewGuid():N}@desk.example", false, at).Refusal);

    private InboundMessage Message(string name, string text) => new(name, $"{name}@client.example", true, false, text, "", null, null, _rawMail, []);

    private static DateTimeOffset At(string day, double hour) =>
        Zone.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).AddHours(hour);
}
