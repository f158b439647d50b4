namespace Heliotrope.Mail.Reading;

/// <summary>The header fields of a message or part, in order.</summary>
internal sealed class HeaderList
{
    private readonly List<HeaderField> fields = [];

    /// <summary>The charset to try for bare 8-bit values, taken from the body's declaration; null when there is none.</summary>
    public string? Charset { get; set; }

    public int Count => fields.Count;

    public void Add(HeaderField field) => fields.Add(field);

    /// <summary>The unfolded values of every field with that name, encoded words left as they are.</summary>
    public IEnumerable<string> Raw(string name)
    {
        foreach (var field in fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                yield return field.Unfold(Charset);
            }
        }
    }

    /// <summary>The first such value; null when there is none.</summary>
    public string? First(string name) => Raw(name).FirstOrDefault();

    public bool Has(string name) =>
        fields.Exists(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));
}
