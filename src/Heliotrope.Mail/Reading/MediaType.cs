namespace Heliotrope.Mail.Reading;

/// <summary>The value of Content-Type or Content-Disposition: a word and its parameters (RFC 2045 section 5.1, RFC 2183).</summary>
internal sealed class MediaType
{
    private readonly IReadOnlyDictionary<string, string> parameters;

    private MediaType(string value, IReadOnlyDictionary<string, string> parameters)
    {
        Value = value;
        this.parameters = parameters;
    }

    /// <summary>In lower case, such as <c>text/plain</c> or <c>attachment</c>; empty when missing.</summary>
    public string Value { get; }

    public string Main => Value.Contains('/', StringComparison.Ordinal) ? Value[..Value.IndexOf('/', StringComparison.Ordinal)] : Value;

    public bool IsMultipart => Main == "multipart";

    /// <summary>The decoded parameter; null when missing.</summary>
    public string? this[string name] => parameters.GetValueOrDefault(name);

    public static MediaType Parse(string? header)
    {
        if (header is null)
        {
            return new MediaType("", new Dictionary<string, string>());
        }
        var (value, parameters) = ParameterParser.Parse(header);
        return new MediaType(value, parameters);
    }

    /// <summary>A media type needs a slash; what comes without one is repaired or becomes <paramref name="fallback"/>.</summary>
    public static MediaType ParseContentType(string? header, string fallback, ReadContext context)
    {
        if (header is null)
        {
            return new MediaType(fallback, new Dictionary<string, string>());
        }
        var type = Parse(header);
        var slash = type.Value.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && slash < type.Value.Length - 1)
        {
            return type;
        }
        context.Defect("content-type.broken", header);
        var repaired = type.Value switch
        {
            "text" or "plain" or "text/" => "text/plain",
            "html" => "text/html",
            "multipart" or "multipart/" => "multipart/mixed",
            "" => type["boundary"] is null ? fallback : "multipart/mixed",
            _ => "application/octet-stream",
        };
        return new MediaType(repaired, type.parameters);
    }
}
