using System.Text.Json;

namespace Heliotrope.Core;

/// <summary>Values of enums as programs and addresses write them: <c>AtRisk</c> is <c>at-risk</c>.</summary>
public static class Codes
{
    /// <summary>The code of a value.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">The enum.</typeparam>
    /// <returns>The code.</returns>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value with a code; null when there is none.</summary>
    /// <param name="code">The code; numbers and lists are none.</param>
    /// <typeparam name="T">The enum.</typeparam>
    /// <returns>The value.</returns>
    public static T? Find<T>(string? code)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Of(value!.Value) == code);
}
