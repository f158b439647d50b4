using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;

namespace Heliotrope.Core.Tests.Rules;

public sealed class RuleChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private static readonly MessageFacts Message = new("ada@client.example", "help@desk.example", "My grinder", "I want my money back.", HasFile: true, Machine: false);

    private static RulePlan Rule(long id, RuleTrigger trigger = RuleTrigger.CustomerWrote, bool stop = false, ActKind act = ActKind.Tag, params MessageCondition[] message) =>
        new(id, trigger, message, [new(act, "x")], stop);

    private static async Task<List<long>> Ran(IReadOnlyList<RulePlan> rules, RuleTrigger happened = RuleTrigger.CustomerWrote, Func<long, RuleOutcome>? outcome = null) =>
        [.. (await RuleChain.Run(rules, new HashSet<RuleTrigger> { happened }, Message, _ => Task.FromResult(true), (rule, _) => Task.FromResult(outcome?.Invoke(rule.Id) ?? RuleOutcome.Done))).Select(r => r.Rule)];

    [Fact]
    public async Task Rules_run_in_their_order_and_only_for_what_happened() =>
        Assert.Equal([3, 1], await Ran([Rule(3), Rule(2, RuleTrigger.Resolved), Rule(1)]));

    [Fact]
    public async Task A_rule_that_stops_is_the_last_unless_it_was_refused()
    {
        Assert.Equal([1], await Ran([Rule(1, stop: true), Rule(2)]));
        Assert.Equal([1, 2], await Ran([Rule(1, stop: true), Rule(2)], outcome: id => id == 1 ? RuleOutcome.Refused : RuleOutcome.Done));
    }

    [Fact]
    public async Task One_event_is_answered_once()
    {
        var told = new List<bool>();
        await RuleChain.Run([Rule(1, act: ActKind.Reply), Rule(2, act: ActKind.Reply)], new HashSet<RuleTrigger> { RuleTrigger.CustomerWrote }, Message, _ => Task.FromResult(true), (_, written) =>
        {
            told.Add(written);
            return Task.FromResult(RuleOutcome.Done);
        });
        Assert.Equal([false, true], told);
    }

    /// <summary>
    /// The argument of docs/decisions/0029: whatever the rules say, each outside event ends, after at most as many runs as there are rules. The world here is as bad as it can be: every act of every rule
    /// would make every other one match, each run puts the conversation off, and the end of each rest comes back as a trigger.
    /// </summary>
    [Fact]
    public void Any_rules_over_any_conversation_end_after_at_most_one_run_of_each_for_every_outside_event()
    {
        var rules = (from trigger in Gen.Elements(Enum.GetValues<RuleTrigger>())
                     from stop in Gen.Elements(true, false)
                     select (trigger, stop)).ListOf();
        var events = Gen.Elements(Enum.GetValues<RuleTrigger>()).ListOf();
        Prop.ForAll(Arb.From(rules), Arb.From(events), (someRules, someEvents) =>
        {
            List<RulePlan> plans = [.. someRules.Select((r, at) => new RulePlan(at, r.trigger, [], [new(ActKind.Snooze, "PT1H")], r.stop))];
            foreach (var happened in someEvents)
            {
                var runs = 0;
                var ran = RuleChain.Run(plans, new HashSet<RuleTrigger> { happened }, null, _ => Task.FromResult(true), (_, _) => Task.FromResult(runs++ % 3 == 0 ? RuleOutcome.Refused : RuleOutcome.Done)).Result;
                if (ran.Count > plans.Count || ran.Select(r => r.Rule).Distinct().Count() != ran.Count || !ran.Select(r => r.Rule).SequenceEqual(ran.Select(r => r.Rule).Order()))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_a_rule_writes_sets_off_nothing_and_neither_does_what_is_long_past()
    {
        var conversation = Conversation.Begin(Core.Customers.Customer.WithAddress(Address(), "Ada Lovelace", Now), "My grinder", "help@desk.example", Now);
        var rule = Actor.Rule(7, "Refunds first");
        conversation.NoteRule(rule, Now);
        conversation.Snooze(rule, Now.AddHours(1), Now);
        conversation.Reopen(rule, Now, Core.Targets.AnswerRules.Usual);
        conversation.Resolve(rule, Now);
        Assert.Null(conversation.AnswerByRule(rule, "We have your message.", "a@desk.example", Now).Refusal);
        Assert.Equal(5, conversation.Entries.Count);
        Assert.All(conversation.Entries, entry => Assert.Equal(7, entry.RuleId));
        Assert.All(conversation.Entries, entry => Assert.Null(RuleTriggers.Of(entry, Now)));

        conversation.Reopen(Actor.System, Now, Core.Targets.AnswerRules.Usual);
        Assert.Equal(RuleTrigger.Reopened, RuleTriggers.Of(conversation.Entries[^1], Now));
        Assert.Null(RuleTriggers.Of(conversation.Entries[^1], Now.AddHours(2)));
    }

    [Fact]
    public void Words_of_a_rule_are_no_answer()
    {
        var conversation = Conversation.Begin(Core.Customers.Customer.WithAddress(Address(), "Ada Lovelace", Now), "My grinder", "help@desk.example", Now);
        conversation.Receive(new("Ada Lovelace", "ada@client.example", true, false, "It is broken.", "", null, "m@client.example", 1, []), Now, Core.Targets.AnswerRules.Usual);
        var (waiting, due) = (conversation.WaitingSince, conversation.AnswerDueAt);
        var entry = conversation.AnswerByRule(Actor.Rule(7, "Hello"), "We have your message.", "a@desk.example", Now.AddMinutes(1)).Value;
        Assert.Equal((ConversationState.Open, waiting, due, null), (conversation.State, conversation.WaitingSince, conversation.AnswerDueAt, conversation.LastAnswerAt));
        Assert.Equal(Author.Machine, entry.Author);
        Assert.Equal("reply.merge-field", conversation.AnswerByRule(Actor.Rule(7, "Hello"), "Dear {{customer.first_name}},", "b@desk.example", Now).Refusal?.Code);
    }

    [Theory]
    [InlineData("words", "refund, MONEY BACK", false, true)]
    [InlineData("words", "grinder", false, true)]
    [InlineData("words", "coffee", false, false)]
    [InlineData("words", "coffee", true, true)]
    [InlineData("from", "@client.example", false, true)]
    [InlineData("from", "@ent.example", false, false)]
    [InlineData("from", "ADA@client.example", false, true)]
    [InlineData("to", "help@desk.example", false, true)]
    [InlineData("file", "", false, true)]
    [InlineData("machine", "", false, false)]
    public void A_message_is_asked_what_it_holds(string field, string value, bool not, bool holds)
    {
        var condition = MessageCondition.Read(field, not, value).Value;
        Assert.Equal(holds, condition.Holds(Message));
        Assert.False(condition.Holds(null));
        Assert.Equal([condition], MessageCondition.FromJson(MessageCondition.ToJson([condition])).Value);
    }

    [Theory]
    [InlineData("smell", "x", "rule.condition")]
    [InlineData(null, "x", "rule.condition")]
    [InlineData("words", " , ", "rule.condition-value")]
    [InlineData("from", null, "rule.condition-value")]
    public void What_cannot_be_asked_of_a_message_is_refused(string? field, string? value, string code) => Assert.Equal(code, MessageCondition.Read(field, false, value).Refusal?.Code);

    [Fact]
    public void Every_trigger_has_a_code_that_leads_back_to_it()
    {
        Assert.All(Enum.GetValues<RuleTrigger>(), trigger => Assert.Equal(trigger, RuleTriggers.Find(RuleTriggers.CodeOf(trigger))));
        Assert.Equal("customer-wrote", RuleTriggers.CodeOf(RuleTrigger.CustomerWrote));
        Assert.Null(RuleTriggers.Find("rule-ran"));
    }

    private static Core.Customers.EmailAddress Address() => Core.Customers.EmailAddress.TryParse("ada@client.example", out var address) ? address : throw new InvalidOperationException();
}
