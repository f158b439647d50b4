namespace Heliotrope.Mail.Reading;

internal sealed class HeaderList
{
    public IEnumerable<string> Raw(string name) { _ = name; _ = this; return []; }
}
