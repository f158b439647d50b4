using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Rules;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Shell;
using Microsoft.Extensions.Primitives;

namespace Heliotrope.Server.Rules;

/// <summary>Rules between their form and what programs write. The form has rows; empty ones say nothing.</summary>
internal static class RuleForms
{
    private const int RoomForMore = 2;

    private static readonly string[] Units = ["minutes", "hours", "days"];

    /// <summary>Acts that need words beside them.</summary>
    private static readonly ActKind[] Worded = [ActKind.Tag, ActKind.Untag, ActKind.Note, ActKind.Reply];

    private static readonly string[] Rests = ["PT4H", "P1D", "P2D", "P3D", "P1W", "P2W"];

    public static RuleBody Read(IFormCollection form)
    {
        var unit = Array.IndexOf(Units, form["unit"].ToString());
        var amount = int.TryParse(form["wait"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        var message = Rows(form["field"], form["value"]).Select((row, at) => (row.Choice, row.Text, Not: form["not"].ElementAtOrDefault(at) == "not")).Where(row => row.Choice.Length > 0);
        return new(
            form["name"].ToString(), null, form["when"].ToString(), (int)Math.Min((long)amount * (unit switch { 1 => 60, 2 => 1_440, _ => 1 }), int.MaxValue), form["working"] == "yes", form["if"].ToString(),
            [.. message.Select(row => new MessageBody(row.Choice, row.Not, row.Text))],
            [.. Rows(form["act"], form["with"]).Where(row => row.Choice.Length > 0).Select(row => row.Choice.Split(':', 2) is [var kind, var value] ? new ActBody(kind, value) : new ActBody(row.Choice, row.Text))],
            form["stop"] == "yes");
    }

    /// <summary>What was typed, shown again with what is wrong.</summary>
    public static RuleFormView Again(long? id, IFormCollection form, Refusal refusal, ActBook book)
    {
        var names = new[] { "name", "when", "wait", "unit", "working", "if", "stop" };
        var state = Pages.Again(refusal.Field is "waitMinutes" ? refusal with { Field = "wait" } : ActList.IndexOf(refusal) is not null ? refusal with { Field = "then" } : refusal, [.. names.Select(name => (name, (string?)form[name].ToString()))]);
        var nots = form["not"];
        return new(id, state, [.. Rows(form["field"], form["value"]).Select((row, at) => row with { Not = nots.ElementAtOrDefault(at) == "not" })], [.. Rows(form["act"], form["with"])], Does(book, []));
    }

    /// <summary>A form that holds a rule, or none yet.</summary>
    public static RuleFormView Of(RuleDetails? rule, ActBook book)
    {
        var minutes = rule?.WaitMinutes ?? 240;
        var unit = minutes % 1_440 == 0 ? 2 : minutes % 60 == 0 ? 1 : 0;
        var values = new Dictionary<string, string>
        {
            ["name"] = rule?.Name ?? "",
            ["when"] = rule?.When ?? RuleTriggers.CodeOf(RuleTrigger.CustomerWrote),
            ["wait"] = (minutes / (unit switch { 1 => 60, 2 => 1_440, _ => 1 })).ToString(CultureInfo.InvariantCulture),
            ["unit"] = Units[unit],
            ["working"] = rule is null || rule.WorkingTime ? "yes" : "",
            ["if"] = rule?.If ?? "",
            ["stop"] = rule?.Stop is true ? "yes" : "",
        };
        IReadOnlyList<ActBody> acts = rule?.Then ?? [];
        return new(
            rule?.Id, new(new Dictionary<string, string>(), values),
            [.. (rule?.Message ?? []).Select(c => new RuleFormRow(c.Field ?? "", c.Value ?? "", c.Not)), .. Enumerable.Repeat(new RuleFormRow("", ""), RoomForMore)],
            [.. acts.Select(Row), .. Enumerable.Repeat(new RuleFormRow("", ""), acts.Count == 0 ? RoomForMore + 1 : RoomForMore)],
            Does(book, acts));
    }

    private static RuleFormRow Row(ActBody act) => Act.KindOf(act.Kind ?? "") is { } kind && Worded.Contains(kind) ? new(act.Kind!, act.Value ?? "") : new($"{act.Kind}:{act.Value}", "");

    private static IEnumerable<RuleFormRow> Rows(StringValues chosen, StringValues beside) =>
        chosen.Take(ActList.Most + 1).Select((choice, at) => new RuleFormRow(choice ?? "", beside.ElementAtOrDefault(at) ?? ""));

    /// <summary>Everything that can be chosen, with the people and teams of today, and whatever the rule does already.</summary>
    private static List<RuleChoices> Does(ActBook book, IReadOnlyList<ActBody> already)
    {
        RuleChoice Choice(ActKind kind, string value) => new($"{Act.CodeOf(kind)}:{value}", ActWords.Describe(new(kind, value), book));
        static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
        List<RuleChoices> all =
        [
            new(Words.T("rules.does.words"), [.. Worded.Select(kind => new RuleChoice(Act.CodeOf(kind), Words.T("rules.does." + Act.CodeOf(kind))))]),
            new(Words.T("rules.does.state"), [.. Rests.Select(rest => Choice(ActKind.Snooze, rest)), Choice(ActKind.Resolve, ""), Choice(ActKind.Reopen, ""), Choice(ActKind.Spam, ""), Choice(ActKind.NotSpam, "")]),
            new(Words.T("rules.does.assign"), [Choice(ActKind.Assign, Act.Best), Choice(ActKind.Assign, ""), .. book.Workers.Select(u => Choice(ActKind.Assign, Id(u.Id)))]),
            new(Words.T("rules.does.team"), [.. book.Names.Teams.Select(t => Choice(ActKind.Team, Id(t.Id))), Choice(ActKind.Team, "")]),
            new(Words.T("rules.does.driver"), [.. book.Names.Drivers.Select(d => Choice(ActKind.Driver, Id(d.Id))), Choice(ActKind.Driver, "")]),
            new(Words.T("rules.does.notify"), [Choice(ActKind.Notify, Act.Assignee), .. book.Names.Teams.Select(t => Choice(ActKind.Notify, $"team:{Id(t.Id)}")), .. book.Users.Select(u => Choice(ActKind.Notify, $"user:{Id(u.Id)}"))]),
        ];
        var known = all.SelectMany(group => group.Choices).Select(choice => choice.Value).ToHashSet();
        List<RuleChoice> other = [.. already.Select(Row).Where(row => !known.Contains(row.Choice)).Select(row =>
            row.Choice.Split(':', 2) is [var kind, var value] && Act.KindOf(kind) is { } k ? Choice(k, value) : new(row.Choice, row.Choice)).Distinct()];
        if (other.Count > 0)
        {
            all.Add(new(Words.T("rules.does.other"), other));
        }

        return all;
    }
}
