import Foundation
import Yams
