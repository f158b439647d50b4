namespace Heliotrope.Mail.Reading;

internal static class HeaderText
{
    public static string Decode(string value) => value;
}
