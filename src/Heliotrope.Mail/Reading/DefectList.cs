namespace Heliotrope.Mail.Reading;

/// <summary>Collects defects up to a limit; the same code and detail only once.</summary>
internal sealed class DefectList(int limit)
{
    private readonly List<MailDefect> items = [];
    private readonly HashSet<MailDefect> seen = [];

    public IReadOnlyList<MailDefect> Items => items;

    public void Add(string code, string detail)
    {
        var defect = new MailDefect(code, detail.Length > 200 ? detail[..200] : detail);
        if (items.Count < limit && seen.Add(defect))
        {
            items.Add(defect);
        }
    }
}
