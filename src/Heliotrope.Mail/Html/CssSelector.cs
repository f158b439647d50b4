namespace Heliotrope.Mail.Html;

/// <summary>A selector of names, classes and ids, such as <c>.footer td > a</c>. Others are not understood and left out.</summary>
internal sealed class CssSelector
{
    private const int MaxSteps = 8;

    private readonly List<Step> steps = [];

    private sealed record Step(string? Name, List<string> Classes, string? Id, bool Child);

    /// <summary>Ids, classes and names counted as CSS weighs them.</summary>
    public int Weight => steps.Sum(step => (step.Id is null ? 0 : 10_000) + (step.Classes.Count * 100) + (step.Name is null ? 0 : 1));

    /// <summary>What the element itself must have, to find the rules for an element quickly.</summary>
    public string Key => steps[^1] is var last && last.Id is not null ? "#" + last.Id : last.Classes.Count > 0 ? "." + last.Classes[0] : last.Name ?? "*";

    public static CssSelector? Parse(string text)
    {
        var selector = new CssSelector();
        var child = false;
        foreach (var word in text.Replace(">", " > ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == ">")
            {
                child = true;
                continue;
            }
            if (StepOf(word, child) is not { } step || selector.steps.Count == MaxSteps)
            {
                return null;
            }
            // Everything lies within html; the path begins below it.
            if (step.Name != "html")
            {
                selector.steps.Add(step);
            }
            child = false;
        }
        return selector.steps.Count > 0 && !child ? selector : null;
    }

    /// <summary>Whether it means the element at the end of that path.</summary>
    public bool Matches(CssElement element, IReadOnlyList<CssElement> path)
    {
        if (!Fits(steps[^1], element))
        {
            return false;
        }
        var level = path.Count - 1;
        for (var i = steps.Count - 2; i >= 0; i--)
        {
            if (steps[i + 1].Child)
            {
                if (level < 0 || !Fits(steps[i], path[level]))
                {
                    return false;
                }
            }
            else
            {
                while (level >= 0 && !Fits(steps[i], path[level]))
                {
                    level--;
                }
                if (level < 0)
                {
                    return false;
                }
            }
            level--;
        }
        return true;
    }

    private static bool Fits(Step step, CssElement element) =>
        (step.Name is null || step.Name == element.Name)
        && (step.Id is null || step.Id == element.Id)
        && step.Classes.TrueForAll(wanted => Array.IndexOf(element.Classes, wanted) >= 0);

    /// <summary>A name with classes and an id; "a:link" is "a", other states never hold in a message that is only shown.</summary>
    private static Step? StepOf(string word, bool child)
    {
        word = word.EndsWith(":link", StringComparison.OrdinalIgnoreCase) ? word[..^5] : word;
        var start = word.IndexOfAny(['.', '#']);
        var name = start < 0 ? word : word[..start];
        var classes = new List<string>();
        string? id = null;
        while (start >= 0)
        {
            var next = word.IndexOfAny(['.', '#'], start + 1);
            var part = word[(start + 1)..(next < 0 ? word.Length : next)];
            if (!IsName(part))
            {
                return null;
            }
            if (word[start] == '.')
            {
                classes.Add(part);
            }
            else
            {
                id = part;
            }
            start = next;
        }
        return name.Length == 0 || name == "*" ? new Step(null, classes, id, child)
            : IsName(name) ? new Step(name.ToLowerInvariant(), classes, id, child)
            : null;
    }

    private static bool IsName(string text) => text.Length is > 0 and < 100 && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
