using System.Globalization;

namespace Heliotrope.Core.Customers;

/// <summary>An amount in the smallest unit of its currency: no fraction is ever rounded away.</summary>
/// <param name="Amount">In cents, pence, yen.</param>
/// <param name="Currency">The three letters of ISO 4217.</param>
public readonly record struct Money(long Amount, string Currency)
{
    /// <summary>More than anybody pays at once; it keeps sums within what a number holds.</summary>
    public const long Most = 1_000_000_000_000;

    // ISO 4217: all others have two places.
    private static readonly string[] NoPlaces = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly string[] ThreePlaces = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>How many places the currency has after the point.</summary>
    public int Places => NoPlaces.Contains(Currency) ? 0 : ThreePlaces.Contains(Currency) ? 3 : 2;

    /// <summary>Whether three letters can be a currency.</summary>
    /// <param name="currency">The letters.</param>
    /// <returns>Whether they can.</returns>
    public static bool IsCurrency(string currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return currency.Length == 3 && currency.All(char.IsAsciiLetterUpper);
    }

    /// <summary>The amount as a person reads it: "49.90 EUR".</summary>
    /// <param name="culture">How they write numbers.</param>
    /// <returns>The words.</returns>
    public string Say(CultureInfo culture) =>
        ((decimal)Amount / (Places switch { 0 => 1m, 3 => 1000m, _ => 100m })).ToString("N" + Places.ToString(CultureInfo.InvariantCulture), culture) + "\u00A0" + Currency;
}
