using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Moments;
using Heliotrope.Core.People;
using Heliotrope.Core.Recovery;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Tests.Figures;
using Heliotrope.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Heliotrope.Server.Tests.Replay.Histories;

namespace Heliotrope.Server.Tests.Replay;

/// <summary>
/// Histories with every figure worked out by hand beside them; Berlin is two hours ahead of UTC in summer and one in winter, the team works from nine to five and has
/// four hours for a first answer and eight for each later one. Played on both engines, and after each the recount finds nothing that differs.
/// </summary>
public sealed class FiguresOfHistoriesTests(SharedServers servers) : IClassFixture<SharedServers>
{
    private const string Angry = "I am really angry. The grinder arrived broken, again, and nobody helps me.";
    private const string Good = "Dear Ada, I am so sorry that the grinder came broken, and for the second time. I will send a new one today and write to you when it has left. Ines Adler";

    private async Task<(Conversation Conversation, ConversationFigures Figures)> Play(Engine engine, string name, string events)
    {
        var server = await servers.On(engine);
        var story = await server.Story(name, events);
        return (story, await Of(server, story.Number));
    }

    private static Task<ConversationFigures> Of(TestServer server, long number) => server.Store.Read(db => db.Figures.SingleAsync(f => f.ConversationNumber == number));

    private static void Friction(ConversationFigures f, double? holdMinutes, int transfers = 0, int repeats = 0, int reAsks = 0, int bots = 0) => Assert.Equal(
        ((long?)(holdMinutes * 60), transfers, repeats, reAsks, 0, bots), (f.HoldSeconds, f.Transfers, f.Repeats, f.ReAsks, f.ChannelSwitches, f.BotLoops));

    private static int Bits(params RecoveryStepName[] steps) => steps.Sum(step => 1 << (int)step);

    [Theory, EveryDatabase]
    public async Task One_good_answer_to_a_question(Engine engine)
    {
        var (c, f) = await Play(engine, "plain", """
              - {at: 2025-09-02 09:00, mail: "Hello, how long do beans keep?"}
              - {at: +30m, reply: "Five weeks after roasting.", by: Ines Adler, resolve: true}
              - {at: +1d 08:00, confidence: {resolved: yes, again: yes}}
            """);
        Friction(f, 30);
        Assert.Null(f.Recovery);
        Assert.Equal((MomentGrade.Magic, 2, "confirmed+2", 0), (f.Grade, f.Score, f.Reasons, f.BaselineOf));
        Assert.Equal((HappinessEnd.Confirmed, TimeSpan.FromHours(23), true), (c.HappinessEnd, c.Clock.Elapsed, c.FirstAnswerOnTime));
    }

    [Theory, EveryDatabase]
    public async Task From_angry_to_restored_within_a_day(Engine engine)
    {
        var (c, f) = await Play(engine, "restored", $$$"""
              - {at: 2025-09-02 09:00, mail: "{{{Angry}}}"}
              - {at: +1h, reply: "{{{Good}}}", by: Ines Adler}
              - {at: +5m, cause: DHL, by: Ines Adler}
              - {at: +25m, fix: "New grinder sent", by: Ines Adler, resolve: true}
              - {at: +1d 09:30, confidence: {resolved: yes, again: yes}}
            """);
        Friction(f, 60);
        Assert.Equal((RecoveryState.Restored, (RecoveryWait?)null, "DHL"), (f.Recovery, f.RecoveryWait, f.OutsideCause));
        Assert.Equal((Utc("2025-09-02 07:00"), Utc("2025-09-03 07:30")), (f.RecoveryOpenedAt, f.RecoveryEndedAt));
        Assert.Equal((31, 0), (f.StepsMet, f.StepsMissed)); // all five
        Assert.Equal((MomentGrade.Magic, "confirmed+2 restored+1"), (f.Grade, f.Reasons));
        Assert.Equal(TimeSpan.FromHours(24.5), c.Clock.Elapsed);
        Assert.Equal(["recovery-opened", "outside-cause", "fixed", "resolved", "confirmed"], c.Entries.Where(e => e.Kind is EntryKind.Event).Select(e => e.Text));
    }

    [Theory, EveryDatabase]
    public async Task Everything_that_can_go_wrong(Engine engine)
    {
        // Tuesday nine: due at one. Answered at three, late, with salt and without an apology; passed on; asked for the number they gave; they wrote again in between.
        var (c, f) = await Play(engine, "wrong", $$$"""
              - {at: 2025-09-02 09:00, mail: "{{{Angry}}} My order number is 471199."}
              - {at: +1m, assign: Ines Adler, by: Ole Berg}
              - {at: +2h, mail: "Is anybody there?"}
              - {at: +1h, assign: Ole Berg, by: Ines Adler}
              - {at: +2h 59m, reply: "As I already said, you should have read the manual. Could you tell me your order number?", by: Ole Berg, resolve: true}
              - {at: +1d 10:00, confidence: {resolved: no, again: no, comment: "You do not listen."}}
            """);
        Friction(f, 360, transfers: 1, repeats: 1, reAsks: 1);
        Assert.Equal((RecoveryState.Open, RecoveryWait.SaidNo), (f.Recovery, f.RecoveryWait));
        Assert.Equal((0, Bits(RecoveryStepName.Apologise, RecoveryStepName.Fix, RecoveryStepName.Attitude, RecoveryStepName.Urgency)), (f.StepsMet, f.StepsMissed & ~Bits(RecoveryStepName.Acknowledge)));
        Assert.Equal((MomentGrade.Misery, -4), (f.Grade, int.Parse(f.Reasons.Split(' ')[0]["said-no".Length..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal((ConversationState.Open, Attention.SaidNo, false), (c.State, c.Attention, c.FirstAnswerOnTime));
    }

    [Theory, EveryDatabase]
    public async Task A_no_reopens_it_and_a_second_try_restores_it(Engine engine)
    {
        var (c, f) = await Play(engine, "second-try", $$$"""
              - {at: 2025-09-02 09:00, mail: "{{{Angry}}}"}
              - {at: +1h, reply: "{{{Good}}}", by: Ines Adler}
              - {at: +1m, fix: "New grinder sent", by: Ines Adler, resolve: true}
              - {at: +1d 10:00, confidence: {resolved: no, again: yes, comment: "This one is broken too."}}
              - {at: +30m, reply: "I am so sorry, again. I will bring one to your door tomorrow at ten.", by: Ines Adler}
              - {at: +1d 10:00, fix: "Brought it", by: Ines Adler, resolve: true}
              - {at: +2h, confidence: {resolved: yes, again: yes}}
            """);
        Friction(f, 60);
        Assert.Equal((RecoveryState.Restored, Utc("2025-09-02 07:00"), Utc("2025-09-04 10:00")), (f.Recovery, f.RecoveryOpenedAt, f.RecoveryEndedAt));
        Assert.Equal(31, f.StepsMet);
        Assert.Equal(TimeSpan.FromHours(51), c.Clock.Elapsed);
    }

    [Theory, EveryDatabase]
    public async Task Thanks_are_no_confidence_and_seven_days_after_them_it_is_lost(Engine engine)
    {
        var (c, f) = await Play(engine, "thanked-only", $$$"""
              - {at: 2025-09-02 09:00, mail: "{{{Angry}}}"}
              - {at: +1h, reply: "{{{Good}}}", by: Ines Adler}
              - {at: +1d 10:00, mail: "Thank you!"}
              - {at: +9d 10:00, note: "Never heard from again.", by: Ole Berg}
            """);
        Friction(f, 60);
        Assert.Equal((RecoveryState.Lost, Utc("2025-09-10 08:00")), (f.Recovery, f.RecoveryEndedAt));
        Assert.Equal(Bits(RecoveryStepName.Fix), f.StepsMissed);
        Assert.Equal((HappinessEnd.Thanked, TimeSpan.FromHours(25)), (c.HappinessEnd, c.Clock.Elapsed));
        Assert.Equal((MomentGrade.Mediocre, "lost-2 thanked+1 mood-rose+1"), (f.Grade, f.Reasons));
    }

    [Theory, EveryDatabase]
    public async Task Silence_over_the_end_of_summer_time_is_silence_after_seven_days_of_the_calendar_in_utc(Engine engine)
    {
        var (c, f) = await Play(engine, "autumn", """
              - {at: 2025-10-24 10:00, mail: "Does the lid fit?"}
              - {at: +3d 10:00, reply: "It does.", by: Ines Adler}
              - {at: +20d 10:00, note: "Quiet.", by: Ines Adler}
            """);
        Friction(f, (3 * 24 * 60) + 60); // the clocks went back on Sunday: three days and an hour
        Assert.Equal((HappinessEnd.Silent, Utc("2025-11-03 09:00")), (c.HappinessEnd, c.HappinessEndedAt));
        Assert.Equal((MomentGrade.Mediocre, "", false), (f.Grade, f.Reasons, c.FirstAnswerOnTime)); // due on Friday at two
    }

    [Theory, EveryDatabase]
    public async Task A_forged_date_changes_nothing(Engine engine)
    {
        var (c, f) = await Play(engine, "forged", """
              - {at: 2025-09-02 09:00, date: 2019-01-01 00:00, mail: "Hello, how long do beans keep?"}
              - {at: +30m, reply: "Five weeks.", by: Ines Adler}
              - {at: +30m, date: 2031-01-01 00:00, mail: "Thank you!"}
            """);
        Friction(f, 30);
        Assert.Equal((Utc("2025-09-02 07:00"), Utc("2025-09-02 08:00"), HappinessEnd.Thanked), (c.HappinessStartedAt, c.HappinessEndedAt, c.HappinessEnd));
    }

    [Theory, EveryDatabase]
    public async Task A_holiday_and_a_weekend_are_no_working_time_but_the_customer_waits_through_them(Engine engine)
    {
        var server = await servers.On(engine);
        var yaml = Company.Replace("  firstAnswer: 4h\n  nextAnswer: 8h", "  firstAnswer: 4h\n  nextAnswer: 8h\n- name: Closed\n  hours: \"Mon-Fri 09:00-17:00\"\n  holidays: \"2025-10-03\"\n  addresses: [closed@shop.example]\n  firstAnswer: 4h\n  nextAnswer: 8h", StringComparison.Ordinal) + """
            - story: holiday
              customer: Ada Lovelace <holiday@client.example>
              to: closed@shop.example
              subject: holiday
              events:
              - {at: 2025-10-02 15:00, mail: "Is my order on its way?"}
              - {at: +4d 10:30, reply: "It left this morning.", by: Ines Adler}
            """;
        var played = await server.Replay(yaml);
        Assert.True(played.Refusal is null, played.Refusal?.Detail);
        var c = await server.About("holiday");
        Friction(await Of(server, c.Number), (3 * 24 * 60) + (19.5 * 60));
        Assert.Equal((Utc("2025-10-06 09:00"), true), (c.Entries.Single(e => e.Direction is Direction.Out).DueAt, c.FirstAnswerOnTime)); // two hours on Thursday, two on Monday
    }

    [Theory, EveryDatabase]
    public async Task Merged_ones_keep_the_friction_and_the_promises_of_both(Engine engine)
    {
        var server = await servers.On(engine);
        var played = await server.Replay(Company + """
            - story: first-mail
              customer: Ada Lovelace <twice@client.example>
              to: help@shop.example
              subject: first-mail
              events:
              - {at: 2025-09-02 09:00, mail: "Where is my parcel?"}
              - {at: +1h, assign: Ines Adler, by: Ole Berg}
              - {at: +1h, reply: "I will write to you tomorrow by noon.", by: Ines Adler, promises: true}
              - {at: +3h, merge: second-mail, by: Ole Berg}
              - {at: +1d 09:30, keep: true, by: Ines Adler}
              - {at: +30m, reply: "It is at your neighbour's.", by: Ines Adler}
            - story: second-mail
              customer: Ada Lovelace <twice@client.example>
              to: help@shop.example
              subject: second-mail
              events:
              - {at: 2025-09-02 10:00, mail: "I still wait for the thing that I ordered."}
              - {at: +3h, reply: "One moment.", by: Ole Berg}
            """);
        Assert.True(played.Refusal is null, played.Refusal?.Detail);
        var c = await server.About("first-mail");

        // Nine, ten (a repeat), answered at eleven by Ines, at one by Ole (a transfer) and then by Ines again (another). The longer wait counts: the second mail's.
        Friction(await Of(server, c.Number), 180, transfers: 2, repeats: 1);
        Assert.Equal(Utc("2025-09-02 07:00"), c.HappinessStartedAt);
        Assert.Equal(1, await server.Store.Read(db => db.Promises.CountAsync(p => p.ConversationNumber == c.Number && p.State == Core.Promises.PromiseState.KeptEarly || p.ConversationNumber == c.Number && p.State == Core.Promises.PromiseState.Kept)));
        Assert.False(await server.Store.Read(db => db.Figures.AnyAsync(f => !db.Conversations.Any(x => x.Number == f.ConversationNumber))));
    }

    [Theory, EveryDatabase]
    public async Task Two_channels_of_patience_teams_and_people_are_told_apart(Engine engine)
    {
        var (_, f) = await Play(engine, "passed-on", """
              - {at: 2025-09-02 09:00, mail: "My order number is 471199. Where is it?"}
              - {at: +10m, assign: Ines Adler, by: Ole Berg}
              - {at: +10m, team: , by: Ole Berg}
              - {at: +10m, team: Help, by: Ole Berg}
              - {at: +30m, reply: "One moment please.", by: Ines Adler}
              - {at: +30m, reply: "It left yesterday.", by: Ole Berg}
              - {at: +1h, mail: "As I already said, my order number is 471199. Which carrier?"}
              - {at: +1h, reply: "DHL.", by: Ole Berg}
            """);
        Friction(f, 60, transfers: 2, repeats: 1); // to the team after Ines had it, and from Ines to Ole
    }

    [Theory, EveryDatabase]
    public async Task A_colleague_says_that_it_is_a_complaint_and_then_that_it_was_none(Engine engine)
    {
        var (_, said) = await Play(engine, "said-so", """
              - {at: 2025-09-02 09:00, mail: "Hello, which cup fits the small pot?"}
              - {at: +10m, complaint: yes, by: Ole Berg}
              - {at: +10m, reply: "One moment.", by: Ines Adler}
            """);
        Assert.Equal((RecoveryState.Lost, Utc("2025-09-02 07:10"), Utc("2025-09-09 07:20")), (said.Recovery, said.RecoveryOpenedAt, said.RecoveryEndedAt));
        var (_, dropped) = await Play(engine, "was-none", $$$"""
              - {at: 2025-09-02 09:00, mail: "{{{Angry}}}"}
              - {at: +10m, complaint: no, by: Ole Berg}
              - {at: +10m, reply: "Good.", by: Ines Adler}
            """);
        Assert.Equal((null, null, 0), (dropped.Recovery, dropped.RecoveryOpenedAt, dropped.StepsMissed));
    }

    [Theory, EveryDatabase]
    public async Task What_is_usual_is_told_from_the_weeks_before_and_stays_what_it_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var stories = string.Concat(Enumerable.Range(0, 24).Select(i => $$"""
            - story: usual-{{i}}
              customer: Ada Lovelace <usual{{i}}@client.example>
              to: help@shop.example
              subject: usual-{{i}}
              events:
              - {at: 2025-06-{{2 + (i % 5):00}} 09:{{i:00}}, mail: "Where is my order?"}
              - {at: +2m, driver: Where is my order, by: Ole Berg}
              - {at: +{{58 + (60 * (i % 3))}}m, reply: "On its way.", by: Ines Adler}

            """));
        var later = string.Concat(new[] { ("quick", 44), ("like-always", 100), ("slow", 181) }.Select(one => $$"""
            - story: {{one.Item1}}
              customer: Ada Lovelace <{{one.Item1}}@client.example>
              to: help@shop.example
              subject: {{one.Item1}}
              events:
              - {at: 2025-06-10 09:00, mail: "Where is my order?"}
              - {at: +2m, driver: Where is my order, by: Ole Berg}
              - {at: +{{one.Item2 - 2}}m, reply: "On its way.", by: Ines Adler}

            """));
        var played = await server.Replay(Company + stories + later);
        Assert.True(played.Refusal is null, played.Refusal?.Detail);

        // A third of them waited one hour, a third two and a third three: two are usual. Ninety minutes and three hours are the borders.
        foreach (var (name, reasons) in new[] { ("quick", "quicker+1"), ("like-always", ""), ("slow", "slower-1") })
        {
            var f = await Of(server, (await server.About(name)).Number);
            Assert.Equal((24, BaselineKind.DriverAndChannel, 7_200L, 0, reasons), (f.BaselineOf, f.BaselineAlike, f.BaselineHoldSeconds, f.BaselineFriction, f.Reasons));
        }

        Assert.Equal(0, (await Of(server, (await server.About("usual-0")).Number)).BaselineOf);
        await server.Recounted();
    }

    [Theory, EveryDatabase]
    public async Task After_all_of_them_the_recount_finds_nothing_that_differs_and_says_what_was_changed_by_hand(Engine engine)
    {
        var server = await servers.On(engine);
        var (c, _) = await Play(engine, "tampered", """
              - {at: 2025-09-02 09:00, mail: "Hello, how long do beans keep?"}
              - {at: +30m, reply: "Five weeks.", by: Ines Adler}
            """);
        await server.Recounted();
        await server.Services.GetRequiredService<PackDays>().PackAll(CancellationToken.None);
        await server.Recounted();

        await server.Store.Read(db => db.Figures.Where(f => f.ConversationNumber == c.Number).ExecuteUpdateAsync(set => set.SetProperty(f => f.Repeats, 9)));
        var recompute = server.Services.GetRequiredService<Recompute>();
        var found = (await recompute.Run(Actor.System, new(Check: true), CancellationToken.None)).Value;
        Assert.Contains(new(c.Number, "repeats"), found.Differences);
        Assert.True(found.Different > 1); // and the day that was packed before
        await recompute.Run(Actor.System, new(), CancellationToken.None);
        await server.Recounted();
    }
}
