import Reporting
import Torch

/// libtorch and the devices that it can use.
enum TorchChecks {
  private static let purpose = "models: training and coding with them"

  static func all() -> [DoctorCheck] {
    do {
      let start = ContinuousClock.now
      let version = try Runtime.version()
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let capability = try Runtime.cpuCapability()
      let detail = "\(version), loaded in \(NumberText.fixed(seconds, decimals: 2)) s by \(try Runtime.libraryPath())"
      let threads = try Runtime.threads()
      return [
        DoctorCheck("libtorch", .ok, detail, purpose: purpose, isRequired: true),
        DoctorCheck("device cpu", .ok, "instructions \(capability), \(threads) threads", purpose: "tensors"),
        cuda,
      ]
    } catch {
      return [
        DoctorCheck("libtorch", .missing, reason(error), purpose: purpose, remedy: remedy, isRequired: true),
        DoctorCheck("device cpu", .missing, "needs libtorch", purpose: "tensors"),
        DoctorCheck("device cuda", .missing, "needs libtorch", purpose: cudaPurpose),
      ]
    }
  }

  private static let remedy =
    "run 'make setup && make build', or set LIBTORCH to an existing libtorch 2.13 before building; 'compare' works without it"

  private static func reason(_ error: TorchError) -> String {
    if case .unavailable(let reason) = error { return "not found: \(reason)" }
    return error.description
  }

  private static let cudaPurpose = "tensors on a GPU, which nothing needs"

  private static var cuda: DoctorCheck {
    do {
      if try Runtime.loadCUDA() {
        return DoctorCheck(
          "device cuda", .warning, "libtorch can use a GPU, but no command uses it yet and that path has not been run",
          purpose: cudaPurpose, remedy: "nothing to do: training and tests run on the processor")
      }
      let remedy = "for a libtorch with CUDA see 'scripts/setup --help'; no command uses a GPU yet, and that path has not been run"
      return DoctorCheck("device cuda", .missing, "this libtorch finds no GPU", purpose: cudaPurpose, remedy: remedy)
    } catch {
      return DoctorCheck("device cuda", .warning, error.description, purpose: cudaPurpose, remedy: "nothing to do on the processor")
    }
  }
}
