namespace Heliotrope.Mail.Reading;

/// <summary>What one reading shares: the limits, the defects found, and how many parts were met.</summary>
internal sealed class ReadContext(MailLimits limits)
{
    public MailLimits Limits { get; } = limits;

    public DefectList Defects { get; } = new(limits.MaxDefects);

    public int Parts { get; set; }

    public void Defect(string code, string detail) => Defects.Add(code, detail);
}
