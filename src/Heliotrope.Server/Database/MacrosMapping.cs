using Heliotrope.Server.Brands;
using Heliotrope.Server.Macros;
using Heliotrope.Server.People;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class MacrosMapping : IEntityTypeConfiguration<Macro>, IEntityTypeConfiguration<MacroWords>
{
    public void Configure(EntityTypeBuilder<Macro> builder)
    {
        builder.ToTable("Macros");
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Brand>().WithMany().HasForeignKey(m => m.BrandId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(m => m.Words).WithOne().HasForeignKey(w => w.MacroId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => m.Name);
    }

    public void Configure(EntityTypeBuilder<MacroWords> builder) => builder.ToTable("MacroWords").HasKey(w => new { w.MacroId, w.Language });
}
