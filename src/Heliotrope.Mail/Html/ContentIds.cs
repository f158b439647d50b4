namespace Heliotrope.Mail.Html;

/// <summary>Parts of a message by their Content-ID, found as <c>cid:</c> addresses name them (RFC 2392), also when those were written carelessly.</summary>
internal sealed class ContentIds<T> where T : class
{
    private readonly Dictionary<string, T> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> anyCase = new(StringComparer.OrdinalIgnoreCase);

    public ContentIds(IEnumerable<T> items, Func<T, string?> id)
    {
        foreach (var item in items)
        {
            if (id(item) is { } key)
            {
                // Of two with one id the first is meant, as in mail programs.
                exact.TryAdd(key, item);
                anyCase.TryAdd(key, item);
            }
        }
    }

    /// <param name="address">What follows <c>cid:</c>; an id with a percent sign may or may not have been encoded there.</param>
    public T? Find(string address)
    {
        var decoded = Uri.UnescapeDataString(address).Trim(' ', '<', '>');
        return exact.GetValueOrDefault(address) ?? exact.GetValueOrDefault(decoded)
            ?? anyCase.GetValueOrDefault(address) ?? anyCase.GetValueOrDefault(decoded);
    }
}
