using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.Targets;
using static Heliotrope.Core.Tests.Conversations.Given;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>Lives of conversations: any operations in any order. After each the conversation must be legal.</summary>
public sealed class ConversationProperties
{
    private static readonly string[] Sayings = ["My grinder is silent.", "Thank you, it works!", "Danke!", "Is anybody there?", "", "Thanks, but no."];

    private static readonly Gen<Operation> Operations = Gen.OneOf(
        Gen.Elements(Sayings).Select(t => new Operation("word", (c, at) => c.Receive(Words(t), at, AnswerRules.Usual))),
        Gen.Elements(Sayings).Select(t => new Operation("else", (c, at) => c.Receive(FromSomebodyElse(t), at, AnswerRules.Usual))),
        Gen.Elements(true, false).Select(own => new Operation("machine", (c, at) => c.Receive(FromMachine(own), at, AnswerRules.Usual))),
        Gen.Elements(true, false).Select(resolve => new Operation("reply", (c, at) => c.Reply(Priya, new OutboundMessage("Yes."), "1@morrow.example", resolve, at))),
        Gen.Constant(new Operation("refused", (c, at) => c.Reply(Priya, new OutboundMessage(" "), "1@morrow.example", true, at))),
        Gen.Constant(new Operation("note", (c, at) => c.Note(Priya, "Hm.", at))),
        Gen.Elements<long?>(null, 7, 9).Select(u => new Operation("assign", (c, at) => c.Assign(Priya, u, "Sam", at))),
        Gen.Constant(new Operation("resolve", (c, at) => c.Resolve(Priya, at))),
        Gen.Constant(new Operation("reopen", (c, at) => c.Reopen(Priya, at, AnswerRules.Usual))),
        Gen.Elements((true, true), (true, false), (false, true)).Select(a => new Operation("answer", (c, at) => c.AnswerConfidence(Marta, new(a.Item1, a.Item2, ""), at, AnswerRules.Usual))),
        Gen.Constant(new Operation("person", (c, at) => c.AskForPerson(Marta, at, AnswerRules.Usual))),
        Gen.Choose(-1, 4).Select(days => new Operation("snooze", (c, at) => c.Snooze(Priya, at.AddDays(days), at))),
        Gen.Constant(new Operation("wake", (c, at) => c.Wake(at, AnswerRules.Usual))),
        Gen.Constant(new Operation("not-sent", (c, at) => c.ReplyNotSent("", at, AnswerRules.Usual))),
        Gen.Elements(true, false).Select(spam => new Operation("spam", (c, at) => c.MarkSpam(Priya, spam, at))),
        Gen.Elements<long?>(null, 3, 4).Select(team => new Operation("team", (c, at) => c.GiveToTeam(Priya, team, "Workshop", AnswerRules.Usual, at))),
        Gen.Elements<long?>(null, 5, 6).Select(why => new Operation("driver", (c, at) => c.SetDriver(Priya, why, "Faulty", AnswerRules.Usual, at))),
        Gen.Constant(new Operation("silence", (c, at) => c.FallSilent(at))),
        Gen.Constant(new Operation("record", (c, at) => c.Record("mail-failed", "", at))));

    private static readonly Arbitrary<Life> Lives = Arb.From(
        from first in Gen.Elements(Words("My grinder is silent."), FromSomebodyElse("Hello"), FromMachine())
        from steps in (from operation in Operations from hours in Gen.Choose(0, 2) select (operation, hours)).ArrayOf()
        select new Life(first, steps));

    [Fact]
    public void The_customer_waits_while_it_is_open_and_may_while_it_is_put_off() => Holds((_, _, c) =>
        c.State is ConversationState.Open ? c.WaitingSince is not null : c.WaitingSince is null || c.State is ConversationState.Snoozed);

    [Fact]
    public void An_answer_is_due_exactly_while_somebody_waits_for_it() => Holds((_, _, c) => c.AnswerDueAt is null == c.WaitingSince is null);

    [Fact]
    public void It_has_a_date_exactly_while_it_is_put_off() => Holds((_, _, c) => c.SnoozedUntil is null == (c.State is not ConversationState.Snoozed));

    [Fact]
    public void What_is_resolved_asks_for_no_attention() => Holds((_, _, c) => !c.IsResolved || c.Attention is Attention.Usual);

    [Fact]
    public void Attention_is_only_for_those_who_wait() => Holds((_, _, c) => c.Attention is Attention.Usual || c.State is ConversationState.Open or ConversationState.Snoozed);

    [Fact]
    public void A_confirmed_one_was_confirmed_by_the_customer() => Holds((_, _, c) => c.State is not ConversationState.Confirmed || c.HappinessEnd is HappinessEnd.Confirmed);

    [Fact]
    public void The_last_activity_is_the_latest_entry() => Holds((_, _, c) => c.LastActivityAt == c.Entries.Max(e => e.At));

    [Fact]
    public void Nobody_waits_longer_than_the_conversation_lives() => Holds((_, _, c) => c.WaitingSince is not { } since || (since >= c.CreatedAt && since <= c.LastActivityAt));

    [Fact]
    public void Every_change_raises_the_version_and_nothing_else_does() => Holds((_, before, c) =>
        c.Version >= before.Version && c.Version == before.Version == (Seen.Of(c) with { Version = 0 } == before with { Version = 0 }));

    [Fact]
    public void Entries_are_only_ever_added() => Holds((_, before, c) => c.Entries.Count >= before.Entries);

    [Fact]
    public void A_refusal_a_note_and_a_record_leave_the_state_alone() => Holds((operation, before, c) =>
        operation is not ("refused" or "note" or "record" or "assign") || Seen.Of(c).SameTurn(before));

    [Fact]
    public void A_machine_never_changes_whose_turn_it_is() => Holds((operation, before, c) => operation is not "machine" || Seen.Of(c).SameTurn(before));

    [Fact]
    public void Only_the_customer_and_their_silence_move_the_clock() => Holds((operation, before, c) =>
        operation is "word" or "answer" or "silence" || c.Clock == before.Clock);

    [Fact]
    public void The_clock_is_told_by_what_happened_alone() => Holds((_, _, c) =>
        ClockReading.Of(c.Entries.Select((e, i) => new Happened(i, e.At, e.Kind, e.Direction, e.Author, e.FromName, e.Text, e.Detail, e.DueAt)), c.Clock) == c.Clock);

    [Fact]
    public void Silence_never_takes_a_word_away_and_never_falls_on_who_waits() => Holds((operation, before, c) =>
        operation is not "silence" || c.Clock == before.Clock || (before.Clock.End is null && before.WaitingSince is null && c.HappinessEnd is HappinessEnd.Silent));

    [Fact]
    public void Nothing_ends_in_thanks_before_we_answered() => Holds((_, _, c) => c.HappinessEnd is not HappinessEnd.Thanked || c.LastAnswerAt is not null);

    [Fact]
    public void Even_when_the_clock_of_the_machine_is_set_back_the_last_activity_is_not() => Prop.ForAll(Lives, life =>
    {
        var conversation = Begin(life);
        var latest = Monday;
        foreach (var (operation, hours) in life.Steps)
        {
            operation.Do(conversation, Hours(-hours));
            latest = conversation.LastActivityAt >= latest ? conversation.LastActivityAt : throw new InvalidOperationException("It went back.");
        }

        return latest == Monday;
    }).QuickCheckThrowOnFailure();

    private static void Holds(Func<string, Seen, Conversation, bool> law) => Prop.ForAll(Lives, life =>
    {
        var conversation = Begin(life);
        var now = Monday;
        foreach (var (operation, hours) in life.Steps)
        {
            var before = Seen.Of(conversation);
            now = now.AddHours(hours);
            operation.Do(conversation, now);
            if (!law(operation.Name, before, conversation))
            {
                return false;
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static Conversation Begin(Life life)
    {
        var conversation = Fresh();
        conversation.Receive(life.First, Monday, AnswerRules.Usual);
        return conversation;
    }

    private sealed record Operation(string Name, Action<Conversation, DateTimeOffset> Do)
    {
        public override string ToString() => Name;
    }

    private sealed record Life(InboundMessage First, (Operation Operation, int Hours)[] Steps)
    {
        public override string ToString() => string.Join(", ", Steps.Select(s => $"{s.Operation} after {s.Hours} h"));
    }

    private sealed record Seen(
        ConversationState State, DateTimeOffset? WaitingSince, Attention Attention, HappinessClock Clock, DateTimeOffset? LastAnswerAt, long? Assignee, string Preview, DateTimeOffset LastActivityAt, int Entries, int Version)
    {
        public static Seen Of(Conversation c) => new(c.State, c.WaitingSince, c.Attention, c.Clock, c.LastAnswerAt, c.AssigneeId, c.Preview, c.LastActivityAt, c.Entries.Count, c.Version);

        public bool SameTurn(Seen other) => (State, WaitingSince, Attention, Clock) == (other.State, other.WaitingSince, other.Attention, other.Clock);
    }
}
