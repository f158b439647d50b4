using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Customers;
using Heliotrope.Core.People;
using Heliotrope.Core.Targets;
using Heliotrope.Core.Views;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Help;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Teams;
using NodaTime;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Heliotrope.Server.Replay;

/// <summary>Reads the files of a history as one, and finds all that is wrong with them before anything is played.</summary>
internal sealed class ReplayReader
{
    /// <summary>A history is flat; what is deeper was made to hurt.</summary>
    private const int Deepest = 20;

    private readonly ReplayProblems _problems;
    private readonly ReplayScript _script = new();
    private readonly ReplayStoryReader _stories;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _versioned;

    private ReplayReader(ReplayProblems problems) => (_problems, _stories) = (problems, new(problems));

    /// <summary>What could be read; the problems say what could not.</summary>
    public static ReplayScript Read(IReadOnlyList<ReplayFile> files, ReplayProblems problems)
    {
        var reader = new ReplayReader(problems);
        foreach (var file in files)
        {
            reader.ReadFile(file);
        }

        if (files.Count > 0 && !problems.Any && !reader._versioned)
        {
            problems.Add(new(files[0].Name, 1), "No file says \"replay: 1\".");
        }

        return reader._script;
    }

    private void ReadFile(ReplayFile file)
    {
        try
        {
            if (!IsFlat(file.Text))
            {
                _problems.Add(new(file.Name, 1), "It is nested too deeply, or refers to another place in it.");
                return;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(file.Text));
            if (yaml.Documents is [{ RootNode: { } root }])
            {
                ReadRoot(new(_problems, file.Name, root, "A history", "replay", "zone", "demo", "teams", "people", "drivers", "articles", "blocked", "views", "stories", "organisations", "fields", "customers"));
            }
            else
            {
                _problems.Add(new(file.Name, 1), "It is empty, or holds more than one document.");
            }
        }
        catch (YamlException e)
        {
            _problems.Add(new(file.Name, e.Start.Line), $"It cannot be read as YAML: {e.Message}");
        }
    }

    private static bool IsFlat(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;

            // What refers to another place can refer to itself, or grow without end.
            if (depth > Deepest + 2 || parser.Current is AnchorAlias)
            {
                return false;
            }
        }

        return true;
    }

    private void ReadRoot(ReplayNode root)
    {
        if (root.Has("replay"))
        {
            _versioned = true;
            if (root.Text("replay") != "1")
            {
                root.Wrong("replay", "This Heliotrope reads histories of version 1.");
            }
        }

        if (root.Text("zone") is { } zone)
        {
            _script.Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? _script.Zone;
            if (_script.Zone.Id != zone)
            {
                root.Wrong("zone", $"\"{zone}\" is no zone of the tz database, such as Europe/Berlin.");
            }
        }

        _script.Demo |= root.Flag("demo");
        ReadTeams(root);
        ReadPeople(root);
        ReplayPeople.Read(root, _script);
        foreach (var (driver, place) in root.Texts("drivers"))
        {
            if (ChangeTeam.NoName(driver) is { } refusal)
            {
                _problems.Add(place, refusal.Detail);
            }

            _script.Drivers.Add(new(driver, place));
        }

        foreach (var article in root.Items("articles", "An article", "title", "language", "text"))
        {
            var (title, language, text) = (WriteArticle.OneLine(article.Need("title")), article.Need("language"), article.Need("text").Trim());
            Refuse(article, WriteArticle.Wrong(title, text, language));
            _script.Articles.Add(new(title, language, text));
        }

        foreach (var view in root.Items("views", "A view", "name", "query", "order"))
        {
            var made = SavedView.Begin(Actor.System, new(view.Need("name"), view.Text("query") ?? "", Enum.TryParse<ListOrder>(view.Text("order"), ignoreCase: true, out var order) ? order : null), default);
            Refuse(view, made.Refusal);
            if (made.Refusal is null)
            {
                _script.Views.Add(new(made.Value.Name, made.Value.Query, made.Value.Sorting));
            }
        }

        foreach (var (value, place) in root.Texts("blocked"))
        {
            if (BlockedSender.TryParse(value, out var address))
            {
                _script.Blocked.Add(new(address, place));
            }
            else
            {
                _problems.Add(place, $"\"{value}\" is neither an address nor @ with a domain.");
            }
        }

        foreach (var story in root.Items("stories", "A story", "story", "customer", "to", "subject", "events"))
        {
            var read = _stories.Read(story);
            if (!_names.Add(read.Name))
            {
                story.Wrong("story", $"Two stories have the name \"{read.Name}\".");
            }

            _script.Stories.Add(read);
        }

        if (_script.Demo && _script.Blocked.Count > 0)
        {
            root.Wrong("blocked", "The demo company blocks nobody.");
        }
    }

    private void ReadTeams(ReplayNode root)
    {
        foreach (var team in root.Items("teams", "A team", "name", "zone", "hours", "holidays", "addresses", "firstAnswer", "nextAnswer", "targets"))
        {
            // A YAML list, or one text with commas between: the holidays of the working hours stand one a line.
            var holidays = string.Join('\n', team.Texts("holidays").SelectMany(h => h.Value.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
            var name = team.Need("name");
            var hours = WorkingHours.Parse(team.Text("zone") ?? _script.Zone.Id, team.Need("hours"), holidays);
            Refuse(team, hours.Refusal);
            Refuse(team, ChangeTeam.NoName(name));

            _script.Teams.Add(new(
                team.Place,
                name,
                hours.Match(h => h, _ => WorkingHours.Usual),
                Addresses(team, "addresses"),
                Target(team, "firstAnswer"),
                Target(team, "nextAnswer"),
                [.. team.Items("targets", "A target", "driver", "firstAnswer", "nextAnswer").Select(t => new ReplayTarget(t.Place, t.Need("driver"), Target(t, "firstAnswer"), Target(t, "nextAnswer")))]));
        }
    }

    private static TimeSpan Target(ReplayNode node, string key)
    {
        var span = node.Span(key);
        Refuse(node, ChangeTeam.OutOfRange((int)span.TotalMinutes, key));
        return span;
    }

    /// <summary>What the desk would not take, a history does not bring.</summary>
    private static void Refuse(ReplayNode node, Refusal? refusal)
    {
        if (refusal is not null)
        {
            node.Wrong(refusal.Field!, refusal.Detail);
        }
    }

    private void ReadPeople(ReplayNode root)
    {
        foreach (var person in root.Items("people", "A person", "name", "email", "role", "team"))
        {
            var role = person.Need("role") switch { "agent" => Role.Agent, "lead" => Role.Lead, "admin" => Role.Admin, _ => (Role?)null };
            if (role is null)
            {
                person.Wrong("role", "A role is agent, lead or admin.");
            }

            var name = person.Need("name");
            Refuse(person, ChangeTeam.NoName(name));
            var email = person.Need("email");
            if (!EmailAddress.TryParse(email, out var address))
            {
                person.Wrong("email", $"\"{email}\" is no mail address.");
                continue;
            }

            _script.People.Add(new(person.Place, name, address, role ?? Role.Agent, person.Text("team")));
        }
    }

    private IReadOnlyList<EmailAddress> Addresses(ReplayNode node, string key) => ReplayStoryReader.Addresses(_problems, node, key);
}
