using Heliotrope.Core.Customers;

namespace Heliotrope.Server.Replay;

/// <summary>Reads the stories of a history, event by event.</summary>
internal sealed class ReplayStoryReader(ReplayProblems problems)
{
    private static readonly string[] Actions =
        ["mail", "reply", "note", "assign", "team", "driver", "tags", "snooze", "resolve", "reopen", "spam", "keep", "complaint", "fix", "cause", "merge", "confidence", "person"];

    /// <summary>What belongs to which action, beside <c>at</c> and <c>by</c>.</summary>
    private static readonly (string Key, string[] Of)[] Details =
        [("start", ["reply"]), ("from", ["mail"]), ("subject", ["mail"]), ("auto", ["mail"]), ("date", ["mail"]), ("cc", ["mail", "reply"]), ("bcc", ["reply"]), ("promises", ["reply"]), ("attach", ["mail", "reply"])];

    private static readonly EmailAddress Nobody = EmailAddress.TryParse("nobody@nowhere.example", out var address) ? address : throw new InvalidOperationException();

    public ReplayStory Read(ReplayNode story)
    {
        var events = story.Items("events", "An event", [.. Actions, .. Details.Select(d => d.Key), "at", "by"]).ToList();
        if (events.Count == 0)
        {
            story.Wrong("events", "A story has events.");
        }

        // The story of a conversation that we begin says in its first event with whom.
        var start = events.FirstOrDefault()?.Inner("start", "A start", "to", "subject");
        if (start is not null && story.Present("customer", "to", "subject").ToList() is [var first, ..])
        {
            story.Wrong(first, "Where we begin, \"start\" says with whom and what about.");
        }

        return new(
            story.Place,
            story.Need("story"),
            Author(start ?? story, start is null ? "customer" : "to"),
            start is null ? AddressOf(story, "to") : "",
            (start ?? story).Need("subject"),
            [.. events.Select((e, i) => Event(e, i))]);
    }

    public static IReadOnlyList<EmailAddress> Addresses(ReplayProblems problems, ReplayNode node, string key)
    {
        var addresses = new List<EmailAddress>();
        foreach (var (value, place) in node.Texts(key))
        {
            if (EmailAddress.TryParse(value, out var address))
            {
                addresses.Add(address);
            }
            else
            {
                problems.Add(place, $"\"{value}\" is no mail address.");
            }
        }

        return addresses;
    }

    private ReplayEvent Event(ReplayNode node, int index)
    {
        var actions = node.Present(Actions).ToList();
        if (actions is ["reply", "resolve"] or ["resolve", "fix"])
        {
            actions.Remove("resolve");
        }

        if (actions is not [var action])
        {
            problems.Add(node.Place, actions.Count == 0 ? $"Nothing happens here. An event has one of: {string.Join(", ", Actions)}." : $"One thing at a time: {string.Join(", ", actions)} are events of their own.");
            action = "";
        }

        foreach (var (key, of) in Details.Where(d => node.Has(d.Key) && action.Length > 0 && !d.Of.Contains(action)))
        {
            node.Wrong(key, $"\"{key}\" belongs to {string.Join(" or ", of)}.");
        }

        var first = index == 0;
        if (first != (action == "mail" && first || node.Has("start")) && action.Length > 0)
        {
            problems.Add(node.Place, first ? "A story begins with a mail, or with the start of a conversation by us." : "A conversation starts once.");
        }

        var byCustomer = action is "mail" or "confidence" or "person";
        var by = node.Text("by");
        if (byCustomer ? by is not null : by is null && action.Length > 0)
        {
            problems.Add(node.Place, byCustomer ? "This is the customer's doing: \"by\" does not belong here." : "\"by\" is missing: one of us did this.");
        }

        return new(node.Place, Time(node, "at"), by, Action(node, action));
    }

    private ReplayAction Action(ReplayNode node, string action)
    {
        switch (action)
        {
            case "mail":
                return new MailAction(node.Has("from") ? Author(node, "from") : null, Addresses(problems, node, "cc"), node.Text("subject"), node.Need("mail"), Files(node), node.Flag("auto")) { Date = node.Has("date") ? Time(node, "date") : null };
            case "reply":
                return new ReplyAction(node.Need("reply"), node.Flag("resolve"), Addresses(problems, node, "cc"), Addresses(problems, node, "bcc"), Files(node), node.Has("start"), node.Flag("promises"));
            case "note":
                return new NoteAction(node.Need("note"));
            case "assign":
                return new AssignAction(node.Text("assign"));
            case "team":
                return new TeamAction(node.Text("team"));
            case "driver":
                return new DriverAction(node.Text("driver"));
            case "tags":
                return new TagsAction([.. node.Texts("tags").Select(t => t.Value)]);
            case "snooze":
                return new SnoozeAction(Time(node, "snooze"));
            case "resolve":
                Yes(node, action);
                return new ResolveAction();
            case "reopen":
                Yes(node, action);
                return new ReopenAction();
            case "spam":
                return new SpamAction(node.Flag("spam"));
            case "keep":
                Yes(node, action);
                return new KeepAction();
            case "complaint":
                return new ComplaintAction(node.Flag("complaint"));
            case "fix":
                return new FixAction(node.Need("fix"), node.Flag("resolve"));
            case "cause":
                return new CauseAction(node.Text("cause") ?? "");
            case "merge":
                return new MergeAction(node.Need("merge"));
            case "confidence":
                var answers = node.Inner("confidence", "The answers to the confidence check", "resolved", "again", "comment")!;
                _ = (answers.Need("resolved"), answers.Need("again"));
                return new ConfidenceAction(answers.Flag("resolved"), answers.Flag("again"), answers.Text("comment") ?? "");
            default:
                if (action.Length > 0)
                {
                    Yes(node, action);
                }

                return new PersonAction();
        }
    }

    private static void Yes(ReplayNode node, string action)
    {
        if (!node.Flag(action))
        {
            node.Wrong(action, $"\"{action}\" is yes, or is not there.");
        }
    }

    private static ReplayTime Time(ReplayNode node, string key)
    {
        var text = node.Need(key);
        if (ReplayTime.Parse(text) is { } time)
        {
            return time;
        }

        if (text.Length > 0)
        {
            node.Wrong(key, $"\"{text}\" is no time. Write 2026-09-01 09:14, -12w Mon 09:14, -76h 10m, +26m, or +2d 09:30.");
        }

        return new(text, (_, _, before) => before);
    }

    private static ReplayAuthor Author(ReplayNode node, string key)
    {
        var text = node.Need(key);
        var open = text.LastIndexOf('<');
        var (name, address) = open >= 0 && text.EndsWith('>') ? (text[..open].Trim().Trim('"'), text[(open + 1)..^1]) : ("", text.Trim());
        if (EmailAddress.TryParse(address, out var parsed))
        {
            return new(name, parsed);
        }

        if (text.Length > 0)
        {
            node.Wrong(key, $"\"{text}\" names nobody as \"Ada Lovelace <ada@client.example>\" does.");
        }

        return new("", Nobody);
    }

    private static string AddressOf(ReplayNode node, string key)
    {
        var text = node.Need(key);
        if (text.Length > 0 && !EmailAddress.TryParse(text, out _))
        {
            node.Wrong(key, $"\"{text}\" is no mail address.");
        }

        return text;
    }

    private static List<ReplayAttachment> Files(ReplayNode node)
    {
        var files = new List<ReplayAttachment>();
        foreach (var file in node.Items("attach", "A file", "name", "type", "text", "picture"))
        {
            var picture = file.Text("picture");
            if (picture is not null && !ReplayPicture.Names.Contains(picture))
            {
                file.Wrong("picture", $"There is no picture \"{picture}\". There are: {string.Join(", ", ReplayPicture.Names)}.");
            }
            else
            {
                files.Add(picture is null ? new(file.Need("name"), file.Need("type"), file.Need("text"), null) : new(file.Need("name"), "image/png", "", picture));
            }
        }

        return files;
    }
}
