namespace Heliotrope.Mail.Reading;

/// <summary>What one server on the way found out about where a message is from (RFC 8601). Only worth as much as the server that says it.</summary>
/// <param name="ServerId">The authserv-id: who says it; empty when that could not be read.</param>
/// <param name="Results">What was checked, in order; empty for <c>none</c>, and for a version of the header that is not known.</param>
public sealed record AuthenticationResults(string ServerId, IReadOnlyList<AuthenticationResult> Results)
{
    /// <summary>Of one message that are read; a mail gains a few on its way, and thousands only from somebody who wants to cost time.</summary>
    internal const int MaxHeaders = 50;

    // What no server writes: more only costs time.
    private const int MaxLength = 32 * 1024;
    private const int MaxResults = 100;
    private const int MaxProperties = 50;

    /// <summary>Reads a header's unfolded value. A pass that cannot be read is left out, and whatever is none counts by its word alone; a quoted string or comment without end takes the rest with it.</summary>
    /// <param name="value">Encoded words are not decoded: a sender could hide whole results in them.</param>
    public static AuthenticationResults Parse(string value)
    {
        var words = new AuthenticationWords(value.Length > MaxLength ? value[..MaxLength] : value);
        if (words.Value(until: '=') is not { Length: > 0 } server) return new("", []);
        if (words.Take('=')) return new("", []); // a result where the server's name should be: some write no name
        var version = words.AtEnd || words.Sees(';') ? "1" : words.Value();
        var results = new List<AuthenticationResult>();
        while (results.Count < MaxResults && words.SkipPast(';'))
        {
            if (Result(words) is { } result) results.Add(result);
        }
        return new(server, version == "1" ? results : []);
    }

    /// <summary>Null when it could not be read, or is none to be heeded.</summary>
    private static AuthenticationResult? Result(AuthenticationWords words)
    {
        if (words.Keyword() is not { Length: > 0 } method) return null;
        var known = !words.Take('/') || words.Keyword() == "1";
        if (!words.Take('=') || words.Keyword() is not { Length: > 0 } word) return null; // "none" among others

        var properties = new List<AuthenticationProperty>();
        while (!words.AtEnd && !words.Sees(';'))
        {
            if (Property(words) is { } property)
            {
                if (property.Name != "reason" && properties.Count < MaxProperties) properties.Add(property);
            }
            else if (word == "pass") return null; // of whom is not known
            else break;
        }
        return known ? new(method, word, properties) : null;
    }

    private static AuthenticationProperty? Property(AuthenticationWords words)
    {
        if (words.Keyword() is not { Length: > 0 } name) return null;
        if (words.Take('.')) name = $"{name}.{words.Keyword()}";
        return words.Take('=') && words.Value() is { } said ? new(name, said) : null;
    }
}

/// <summary>One thing that was checked.</summary>
/// <param name="Method">In lower case, such as <c>spf</c>, <c>dkim</c> or <c>dmarc</c>.</param>
/// <param name="Result">In lower case, such as <c>pass</c>, <c>fail</c> or <c>none</c>.</param>
/// <param name="Properties">What the result speaks of, in order.</param>
public sealed record AuthenticationResult(string Method, string Result, IReadOnlyList<AuthenticationProperty> Properties)
{
    /// <summary>The first value of a property such as <c>header.d</c>; null when it is not there.</summary>
    /// <param name="property">In lower case.</param>
    public string? this[string property] => Properties.FirstOrDefault(one => one.Name == property)?.Value;
}

/// <summary>A part of the message or of its transfer that was checked.</summary>
/// <param name="Name">In lower case and with its type before it, such as <c>smtp.mailfrom</c> or <c>header.d</c>; some servers write no type.</param>
/// <param name="Value">As written, quotes taken off.</param>
public sealed record AuthenticationProperty(string Name, string Value);
