namespace Heliotrope.Mail.Html;

/// <summary>The pictures on the web that a message refers to. Fetching one tells its sender that the message was opened, so none is until somebody asks.</summary>
public static class RemotePictures
{
    /// <summary>Where <see cref="HtmlCleaner"/> puts the address of a picture on the web.</summary>
    internal const string Attribute = "data-remote-src";

    /// <summary>Whether cleaned HTML refers to any, at a glance.</summary>
    /// <param name="cleanedHtml">As <see cref="HtmlCleaner"/> wrote it.</param>
    public static bool Any(string cleanedHtml) => cleanedHtml.Contains(" " + Attribute + "=\"", StringComparison.Ordinal);

    /// <summary>Their addresses, each once, in order.</summary>
    /// <param name="cleanedHtml">As <see cref="HtmlCleaner"/> wrote it.</param>
    public static IReadOnlyList<string> Addresses(string cleanedHtml) =>
        [.. ImageTags.Read(cleanedHtml).Where(attribute => attribute.Name == Attribute).Select(attribute => attribute.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Shows those that were fetched; the others keep the words that stand for them.</summary>
    /// <param name="cleanedHtml">As <see cref="HtmlCleaner"/> wrote it.</param>
    /// <param name="fetched">The bytes by address. What is no picture by its first bytes is not shown, whatever its server called it.</param>
    /// <param name="mostBytes">How many bytes of pictures may be put in, each counted as often as it is shown.</param>
    public static string Show(string cleanedHtml, IReadOnlyDictionary<string, byte[]> fetched, int mostBytes)
    {
        var written = new Dictionary<string, string?>(StringComparer.Ordinal);
        long left = mostBytes;
        return ImageTags.Write(cleanedHtml, (name, value) =>
        {
            if (name != Attribute || !fetched.TryGetValue(value, out var bytes) || bytes.Length > left)
            {
                return (name, value);
            }
            if (!written.TryGetValue(value, out var data))
            {
                written[value] = data = InlinePictures.DataOf(bytes);
            }
            left -= data is null ? 0 : bytes.Length;
            return data is null ? (name, value) : ("src", data);
        });
    }
}
