using Heliotrope.Core.Acts;

namespace Heliotrope.Core.Tests.Acts;

public sealed class ActListTests
{
    private static Result<IReadOnlyList<Act>> Read(ActUse use, params (string?, string?)[] written) => ActList.Read(written, use);

    [Fact]
    public void Every_kind_has_a_code_of_its_own_that_leads_back_to_it()
    {
        var kinds = Enum.GetValues<ActKind>();
        Assert.Equal(kinds.Length, kinds.Select(Act.CodeOf).Distinct().Count());
        Assert.All(kinds, kind => Assert.Equal(kind, Act.KindOf(Act.CodeOf(kind))));
        Assert.Null(Act.KindOf("rule"));
    }

    [Fact]
    public void A_list_is_read_and_kept_and_read_again()
    {
        var acts = Read(ActUse.Rule, ("tag", "  two   words "), ("team", "Billing"), ("assign", "best"), ("snooze", "P2DT4H"), ("note", " Look.\n\nTwice. "), ("notify", "team:3")).Value;
        Assert.Equal(["two words", "Billing", "best", "P2DT4H", "Look.\n\nTwice.", "team:3"], acts.Select(act => act.Value));
        Assert.Equal(acts, ActList.FromJson(ActList.ToJson(acts)).Value);
        Assert.Empty(Read(ActUse.Many).Value);
    }

    [Theory]
    [InlineData("forget", "", "act.unknown")]
    [InlineData(null, null, "act.unknown")]
    [InlineData("tag", " ", "tag.malformed")]
    [InlineData("tag", "a\u0007b", "tag.malformed")]
    [InlineData("snooze", "P", "snooze.date")]
    [InlineData("snooze", "PT", "snooze.date")]
    [InlineData("snooze", "P0D", "snooze.date")]
    [InlineData("snooze", "P999D", "snooze.date")]
    [InlineData("snooze", "soon", "snooze.date")]
    [InlineData("note", "  ", "act.no-words")]
    [InlineData("reply", "", "act.no-words")]
    [InlineData("notify", "everybody", "act.value")]
    [InlineData("notify", "user:", "act.value")]
    [InlineData("resolve", "now", "act.value")]
    [InlineData("assign", "me", "act.not-here")]
    public void What_cannot_be_an_act_of_a_rule_is_refused_and_named(string? kind, string? value, string code)
    {
        var refusal = Read(ActUse.Rule, ("tag", "fine"), (kind, value)).Refusal!;
        Assert.Equal(code, refusal.Code);
        Assert.Equal("acts[1]", refusal.Field);
        Assert.Equal(1, ActList.IndexOf(refusal));
    }

    [Theory]
    [InlineData("resolve", "", "snooze", "P1D")]
    [InlineData("resolve", "", "resolve", "")]
    [InlineData("team", "a", "team", "")]
    [InlineData("spam", "", "not-spam", "")]
    [InlineData("tag", "Same", "untag", "same")]
    public void Acts_that_exclude_each_other_are_refused(string one, string first, string other, string second) =>
        Assert.Equal("act.contradicts", Read(ActUse.Macro, (one, first), (other, second)).Refusal?.Code);

    [Fact]
    public void Nobody_is_written_to_in_many_conversations_at_once()
    {
        Assert.Equal("act.not-here", Read(ActUse.Many, ("reply", "Hello.")).Refusal?.Code);
        Assert.Null(Read(ActUse.Macro, ("reply", "Hello."), ("assign", "me")).Refusal);
        Assert.Equal("act.too-many", Read(ActUse.Many, [.. Enumerable.Range(0, 21).Select(i => ((string?)"tag", (string?)$"{i}"))]).Refusal?.Code);
    }

    [Theory]
    [InlineData("[{\"kind\":\"forget\",\"value\":\"\"}]", "act.unknown")]
    [InlineData("{}", "act.malformed")]
    [InlineData("[{\"kind\":3}]", "act.malformed")]
    [InlineData("[{}]", "act.malformed")]
    [InlineData("not json", "act.malformed")]
    public void What_was_kept_and_cannot_be_read_any_more_is_a_refusal(string json, string code) => Assert.Equal(code, ActList.FromJson(json).Refusal?.Code);
}
